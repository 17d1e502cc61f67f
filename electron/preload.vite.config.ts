import { defineConfig } from 'vite';

/** A sandboxed preload may load nothing but Electron, so it is one file of its own. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: 'electron/preload.ts',
    target: 'node16',
    outDir: 'dist/preload',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'preload.cjs' } },
  },
});
