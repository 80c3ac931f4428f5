import { defineConfig } from "vite";

/** Built into dist/, which the ground station serves at its root; `npm run dev` passes the API on to a running station. */
export default defineConfig({
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 1500 },
  worker: { format: "es" },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8080" } },
});
