async function f(x) { return x }
