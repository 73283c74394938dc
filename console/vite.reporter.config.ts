import { defineConfig } from 'vite';

/**
 * The library for PDF does not say of itself that its files may be left out where nothing of them is used: fonts, forms,
 * drawing. Half of it.
 */
const treeshake = { moduleSideEffects: [{ test: /@cantoo.pdf-lib/u, sideEffects: false }] };

/**
 * The script of the reporter's pages: one file that pages load, and parts that it loads where it needs them, among them
 * the worker that looks into files.
 */
export default defineConfig({
  base: '/assets/',
  build: {
    outDir: 'dist-reporter',
    emptyOutDir: false,
    assetsDir: '',
    modulePreload: false,
    sourcemap: false,
    target: 'es2022',
    rollupOptions: {
      input: 'src/reporter/main.ts',
      output: { entryFileNames: 'reporter-[hash].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  worker: {
    format: 'es',
    rollupOptions: { output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' }, treeshake },
  },
});
