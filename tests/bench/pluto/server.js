// Node's, with serve-static: server.js PORT FOLDER
const serve = require("serve-static")(process.argv[3]);
require("http").createServer((request, answer) => serve(request, answer, () => { answer.statusCode = 404; answer.end("Not found"); }))
  .listen(Number(process.argv[2]), "127.0.0.1");
