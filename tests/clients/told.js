// The same as told.py, on ws.

const WebSocket = require("ws");

const ws = new WebSocket(process.argv[2]);
ws.on("message", (data, isBinary) => console.log(isBinary ? data : data.toString()));
ws.on("close", (code, reason) => console.log("closed", code, reason.toString()));
ws.on("error", (error) => console.log("error", error.message));
