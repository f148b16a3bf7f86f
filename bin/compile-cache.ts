import module from 'node:module';
import { nodeCache } from '../compose/provision/cache-layout.ts';

// A command starts in half the time, and so does whatever it starts.
process.env['NODE_COMPILE_CACHE'] ??= nodeCache(process.env);
module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
