-- Run by the PostgreSQL image when its volume is new. POSTGRES_DB makes the third, `millwright`.
CREATE DATABASE temporal TEMPLATE template0;
CREATE DATABASE temporal_visibility TEMPLATE template0;
