import net from 'node:net';

/** When a statement that matches is met: cut before the server gets it, or when its answer comes back. */
export interface Cut {
  statement: RegExp;
  where: 'before-server' | 'after-server';
}

/** A TCP proxy on loopback that cuts connections at named statements. */
export interface CuttingProxy {
  /** The URL handed in, through the proxy. */
  url: string;
  /** The next cuts, each used once, in order. */
  cuts: Cut[];
  /** While true, new connections are closed at once. */
  refusing: boolean;
  close(): Promise<void>;
}

/** Starts a proxy before the server of a mysql:// URL. Statements must fit one TCP segment, as all of the tests' do. */
export async function startCuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const target = new URL(serverUrl);
  const { hostname } = target;
  const port = Number(target.port);
  const open = new Set<net.Socket>();
  const state: CuttingProxy = { url: '', cuts: [], refusing: false, close: async () => undefined };
  const server = net.createServer((client) => {
    if (state.refusing) {
      client.destroy();
      return;
    }
    const upstream = net.connect(port, hostname);
    let cutAnswer = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      const next = state.cuts[0];
      if (next?.statement.test(bytes.toString('latin1'))) {
        state.cuts.shift();
        if (next.where === 'before-server') {
          end();
          return;
        }
        cutAnswer = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (cutAnswer) end();
      else client.write(bytes);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  target.port = String((server.address() as net.AddressInfo).port);
  state.url = target.href;
  state.close = async () => {
    open.forEach((socket) => socket.destroy());
    await new Promise((done) => server.close(done));
  };
  return state;
}
