export default { test: { root: import.meta.dirname, include: ["with-vitest.test.ts"] } };
