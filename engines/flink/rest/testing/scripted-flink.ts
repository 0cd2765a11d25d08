import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is answered to `METHOD /path`, of a query only the first name, `?get`: a text as it is, anything else as JSON; the status is 200 unless it is given. */
type Answer = { readonly status?: number; readonly body: unknown };

export interface ScriptedFlink {
  readonly url: string;
  /** May be changed at any time. */
  readonly answers: Map<string, Answer>;
  /** `METHOD /path?query` and body of all that was asked. */
  readonly requests: readonly { readonly line: string; readonly body: string }[];
  close(): Promise<void>;
}

/** A server on the loopback interface in place of a JobManager; what it has no answer to is 404. */
export async function startScriptedFlink(answers: Readonly<Record<string, Answer>>): Promise<ScriptedFlink> {
  const script = new Map(Object.entries(answers));
  const requests: { line: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const { method, url = '' } = request;
      requests.push({ line: `${method} ${url}`, body });
      const answer = script.get(`${method} ${url.split('=')[0]}`) ?? {
        status: 404,
        body: { errors: [`Not found: ${url}`] },
      };
      response.writeHead(answer.status ?? 200, { connection: 'close' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answers: script,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
