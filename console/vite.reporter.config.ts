import { defineConfig } from 'vite';

/** The script of the reporter's pages: one file that pages load, and parts that it loads where it needs them. */
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
  worker: { format: 'es' },
});
