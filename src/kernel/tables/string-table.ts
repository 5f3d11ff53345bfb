import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const BLOCK = 256 * 1024;
/** Blocks kept in memory: 32 MiB. What a larger table holds lies in a file without a name. */
const KEPT = 128;

/**
 * Many texts by number, with flat memory: up to 32 MiB they stay in memory, beyond that they are written to a temporary
 * file and read back by blocks. Sheets number their texts by first appearance, so reading runs along the file. The file
 * is unlinked as soon as it is open: nothing of it stays after a crash.
 */
export class StringTable {
  private readonly blocks = new Map<number, Buffer>();
  private current = Buffer.allocUnsafe(BLOCK);
  private filled = 0;
  private full = 0;
  private places = new Float64Array(4096);
  private count = 0;
  private fd: number | undefined;

  get length(): number {
    return this.count;
  }

  /** True once the texts are too many for memory. */
  get spilled(): boolean {
    return this.fd !== undefined;
  }

  add(text: string): void {
    const bytes = Buffer.byteLength(text, 'utf8');
    if (bytes + 4 > BLOCK) throw new RangeError('a text longer than a block');
    if (this.filled + 4 + bytes > BLOCK) this.turn();
    if (this.count === this.places.length) {
      const larger = new Float64Array(this.places.length * 2);
      larger.set(this.places);
      this.places = larger;
    }
    this.places[this.count] = this.full * BLOCK + this.filled;
    this.count += 1;
    this.current.writeUInt32LE(bytes, this.filled);
    this.current.write(text, this.filled + 4, 'utf8');
    this.filled += 4 + bytes;
  }

  /** Undefined when there is none of this number. */
  get(n: number): string | undefined {
    if (!Number.isInteger(n) || n < 0 || n >= this.count) return undefined;
    const place = this.places[n]!;
    const at = place % BLOCK;
    const block = this.block((place - at) / BLOCK);
    const bytes = block.readUInt32LE(at);
    return block.toString('utf8', at + 4, at + 4 + bytes);
  }

  close(): void {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
    this.blocks.clear();
  }

  private turn(): void {
    if (this.fd === undefined && this.full >= KEPT) this.spill();
    if (this.fd !== undefined) fs.writeSync(this.fd, this.current, 0, BLOCK, this.full * BLOCK);
    else this.blocks.set(this.full, this.current);
    this.full += 1;
    if (this.fd === undefined) this.current = Buffer.allocUnsafe(BLOCK);
    this.filled = 0;
  }

  private spill(): void {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-table-'));
    const file = path.join(directory, 'texts');
    this.fd = fs.openSync(file, 'wx+', 0o600);
    fs.rmSync(directory, { recursive: true, force: true });
    for (const [n, block] of this.blocks) fs.writeSync(this.fd, block, 0, BLOCK, n * BLOCK);
  }

  private block(n: number): Buffer {
    if (n === this.full) return this.current;
    const kept = this.blocks.get(n);
    if (kept) {
      if (this.fd === undefined) return kept;
      // Asked for last, dropped last.
      this.blocks.delete(n);
      this.blocks.set(n, kept);
      return kept;
    }
    const block = Buffer.allocUnsafe(BLOCK);
    fs.readSync(this.fd!, block, 0, BLOCK, n * BLOCK);
    this.blocks.set(n, block);
    if (this.blocks.size > KEPT) this.blocks.delete(this.blocks.keys().next().value!);
    return block;
  }
}
