import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: '/console/',
  plugins: [preact()],
  build: {
    outDir: 'dist',
    // `npm run build` empties it but for the .gitignore that keeps the folder.
    emptyOutDir: false,
    assetsDir: 'assets',
    // Inlined files would be `data:` addresses, which the content security policy refuses.
    assetsInlineLimit: 0,
    // The polyfill is not needed by any browser that has X25519 or module workers.
    modulePreload: { polyfill: false },
    sourcemap: false,
    target: 'es2022',
  },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node', testTimeout: 60_000 },
});
