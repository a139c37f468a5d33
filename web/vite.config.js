import { defineConfig } from "vite";

// One module with a fixed name, which static/brink.js imports when a reader opens the map.
export default defineConfig({
  build: {
    outDir: "../src/brink/serve/static/map",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rollupOptions: { input: "src/map.ts", preserveEntrySignatures: "strict", output: { entryFileNames: "map.js" } },
  },
});
