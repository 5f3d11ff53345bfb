import { Writable } from 'node:stream';
import { QueryFailedError } from 'typeorm';
import { createLog, shownError } from '../../src/kernel/log';

function written(): { lines: string[]; stream: Writable } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { lines, stream };
}

describe('what the log keeps of an error', () => {
  it('drops the body that a parser hangs on it, and the message that quotes it', () => {
    const fault = Object.assign(new SyntaxError('Unexpected token } in JSON at "MyRealSecret-1"'), {
      type: 'entity.parse.failed',
      body: '{"password":"MyRealSecret-1",}',
    });
    const { lines, stream } = written();
    createLog('warn', stream).warn({ err: fault }, 'request refused');
    expect(lines.join('')).not.toContain('MyRealSecret');
    expect(JSON.parse(lines[0]!)).toMatchObject({ err: { name: 'SyntaxError', type: 'entity.parse.failed' } });
  });

  it('drops statement, parameters and quoted values of a database fault, and keeps its number', () => {
    const driver = Object.assign(new Error("Duplicate entry '370102199001011234' for key 'ux'"), {
      errno: 1062,
      code: 'ER_DUP_ENTRY',
      sql: "INSERT INTO x VALUES ('370102199001011234')",
    });
    const text = JSON.stringify(shownError(new QueryFailedError('INSERT', ['370102199001011234'], driver)));
    expect(text).not.toContain('370102199001011234');
    expect(text).toContain('1062');
    expect(text).toContain("Duplicate entry '…'");
  });

  it('keeps message, place and cause of our own faults, and ends in a circle of causes', () => {
    const fault = new Error('outer', { cause: new Error('inner') });
    expect(shownError(fault)).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
    const circle: Error & { cause?: unknown } = new Error('round');
    circle.cause = circle;
    expect(JSON.stringify(shownError(circle)).match(/round/g)).toHaveLength(5);
  });

  it('redacts by name wherever an object is logged', () => {
    const { lines, stream } = written();
    createLog('info', stream).info({ password: 'a-secret', inner: { identity: 'a-number' } }, 'x');
    expect(lines.join('')).not.toMatch(/a-secret|a-number/);
  });
});
