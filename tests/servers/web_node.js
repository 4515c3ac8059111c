// A web server for the tests, on Node's own module. It prints its address, and ends when its
// standard input ends.
//
// /trailers     a content in two chunks, with trailers
// /interim      103 and 102, and the response behind them
// /echo         returns the content as it comes, and its trailers as trailers
// /count        tells how long the content is
// /refuse       sends 417 to a request that expects 100; all others are agreed with after a while
// /destroy?at=N breaks the connection off behind so many bytes of 10
// /close        ends the connection after the response, with Connection: close
// all else      the method, target and number of the request on its connection

const http = require('http');

const BEHAVIOURS = {
  '/trailers': (request, response) => {
    response.setHeader('Trailer', 'X-Sum, X-List');
    response.setHeader('X-List', 'a');
    response.write('hello, ');
    response.write('world');
    response.addTrailers([['X-Sum', '12'], ['X-List', 'b'], ['X-List', 'c']]);
    response.end();
  },
  '/interim': (request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeProcessing();
    response.end('final');
  },
  '/echo': (request, response) => {
    request.pipe(response);
  },
  '/count': (request, response) => {
    let size = 0;
    request.on('data', (piece) => { size += piece.length; });
    request.on('end', () => response.end(`${size}`));
  },
  '/destroy': (request, response, query) => {
    response.setHeader('Content-Length', 10);
    response.write('x'.repeat(Number(query.get('at'))), () => response.socket.destroy());
  },
  '/close': (request, response) => {
    response.setHeader('Connection', 'close');
    response.end('closing');
  },
};

function answer(request, response) {
  const socket = request.socket;
  socket.served = (socket.served ?? 0) + 1;
  const url = new URL(request.url, 'http://localhost');
  const behaviour = BEHAVIOURS[url.pathname];
  if (behaviour) {
    behaviour(request, response, url.searchParams);
    return;
  }
  request.resume();
  request.on('end', () => response.end(`${request.method} ${request.url} ${socket.served}`));
}

const server = http.createServer({ keepAliveTimeout: 60000 }, answer);

server.on('checkContinue', (request, response) => {
  if (request.url === '/refuse') {
    response.writeHead(417, { Connection: 'close' });
    response.end('no');
    return;
  }
  setTimeout(() => {
    response.writeContinue();
    answer(request, response);
  }, 50);
});

server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
