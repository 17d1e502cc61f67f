import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  // chrome108 is the test runtime's engine (Electron 22).
  build: { target: 'chrome108', outDir: '../dist/renderer', emptyOutDir: true },
});
