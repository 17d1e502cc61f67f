import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Everything that runs in Node: Electron main, the engine process, the browser fallback and the command line.
 * CommonJS for Node 16, because the test runtime is Electron 22 (no ES-module entry). */
export default defineConfig({
  publicDir: false,
  // Bundled, so that ES-module dependencies load from CommonJS; native and Electron modules stay outside.
  ssr: { noExternal: true, external: ['electron', 'onnxruntime-node'] },
  build: {
    ssr: true,
    target: 'node16',
    outDir: 'dist/node',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: {
        main: 'electron/main.ts',
        engine: 'electron/engine.ts',
        start: 'electron/start.ts',
        cli: 'core/cli.ts',
      },
      external: ['electron', 'onnxruntime-node', ...builtins],
      // Chunks lie beside the entries, so that `__dirname` means the same folder in all of them.
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
    },
  },
});
