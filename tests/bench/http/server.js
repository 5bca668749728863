// What a JSON API does, by Node's http: server.js PORT
const send = (answer, status, value) => {
  const body = JSON.stringify(value);
  answer.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  answer.end(body);
};
const greet = (answer, name) => send(answer, 200, { message: `Hello, ${name}!`, length: 7 });
require("http").createServer((request, answer) => {
  const path = new URL(request.url, "http://localhost").pathname.split("/").slice(1).map(decodeURIComponent);
  if (request.method === "GET" && path.length === 2 && path[0] === "greet") return greet(answer, path[1]);
  if (request.method !== "POST" || path.length !== 1 || path[0] !== "greet") return send(answer, 404, {});
  let body = "";
  request.on("data", (piece) => { body += piece; });
  request.on("end", () => greet(answer, JSON.parse(body).name));
}).listen(Number(process.argv[2]), "127.0.0.1");
