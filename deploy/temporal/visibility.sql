DO $$ DECLARE unused text; BEGIN
  FOR unused IN SELECT index.relname FROM pg_index JOIN pg_class index ON index.oid = indexrelid JOIN pg_class owner ON owner.oid = indrelid
    WHERE owner.relname = 'executions_visibility' AND NOT indisprimary AND index.relname NOT IN ('default_idx', 'by_workflow_id')
  LOOP EXECUTE format('DROP INDEX %I', unused); END LOOP;
END $$;
DO $$ DECLARE computed text; BEGIN
  FOR computed IN SELECT attname FROM pg_attribute WHERE attrelid = 'executions_visibility'::regclass AND attgenerated = 's'
  LOOP EXECUTE format('ALTER TABLE executions_visibility ALTER COLUMN %I DROP EXPRESSION', computed); END LOOP;
END $$;
ALTER DATABASE "temporal_visibility" SET synchronous_commit = off;
