import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Stands between a browser and a service, as a network that opens TLS does, and keeps every byte that the browser sends:
 * addresses, headers and bodies, those included that browsers do not show to whoever drives them.
 */
export class Wire {
  private readonly pieces: Buffer[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /** Stands before the service at this address. */
  static async before(url: string): Promise<Wire> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const wire = new Wire(server);
    server.on('connection', (browser) => {
      const service = connect(Number(port), hostname);
      wire.join(browser, service);
      wire.join(service, browser);
      browser.on('data', (piece) => wire.pieces.push(piece));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return wire;
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.pipe(to);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    // An end that goes away takes the other with it.
    from.on('error', () => to.destroy());
  }

  /** Where the browser finds it. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Everything that was sent so far. */
  get sent(): Buffer {
    return Buffer.concat(this.pieces);
  }

  async cut(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
