import { RE2JS } from 're2js';
import { digest, digestNames } from '../digest/digest.ts';
import { searchJson } from '../jmespath/search.ts';
import { dates } from '../methods/date/part.ts';
import { providePart } from './parts.ts';

providePart('patterns', RE2JS);
providePart('queries', searchJson);
providePart('digests', { digest, digestNames });
providePart('dates', dates);
