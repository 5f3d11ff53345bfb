import { bundlePath, tilePath } from '../../src/kernel/pure/tlog/tiles';
import { logExtent } from '../../src/modules/audit-log';
import { sizePath } from '../../src/modules/audit-log/log-places';

// Which files of the log go with a database whose head is at 300 entries of its second origin.

const head = { generation: 1, size: 300 };

const held = [
  'files/ab',
  'aside/x/log/1/checkpoint/000/000/000/000/999',
  `log/0/checkpoint/${sizePath(9_000)}`,
  `log/1/checkpoint/${sizePath(300)}`,
  `log/1/cosignatures/${sizePath(300)}/0123456789abcdef/00000001`,
  `log/1/quorum/policy-1/${sizePath(299)}/0123456789abcdef`,
  `log/1/${tilePath({ level: 0, index: 0, width: 256 })}`,
  `log/1/${tilePath({ level: 0, index: 1, width: 44 })}`,
  `log/1/${tilePath({ level: 1, index: 0, width: 1 })}`,
  `log/1/${bundlePath({ index: 1, width: 44 })}`,
];
const beyond = [
  `log/2/checkpoint/${sizePath(1)}`,
  `log/1/checkpoint/${sizePath(301)}`,
  `log/1/cosignatures/${sizePath(301)}/0123456789abcdef/00000001`,
  `log/1/quorum/policy-1/${sizePath(1_000)}/0123456789abcdef`,
  `log/1/${tilePath({ level: 0, index: 1, width: 45 })}`,
  `log/1/${tilePath({ level: 0, index: 1, width: 256 })}`,
  `log/1/${tilePath({ level: 1, index: 0, width: 2 })}`,
  `log/1/${bundlePath({ index: 1, width: 45 })}`,
];

test.each(held)('%s goes along', (key) => {
  expect(logExtent(head).holds(key)).toBe(true);
});

test.each(beyond)('%s does not', (key) => {
  expect(logExtent(head).holds(key)).toBe(false);
});

test('the largest checkpoint that went along is known, of the present origin only', () => {
  const extent = logExtent(head);
  expect(extent.largest()).toBeUndefined();
  for (const key of [...held, ...beyond, `log/1/checkpoint/${sizePath(12)}`]) extent.holds(key);
  expect(extent.largest()).toBe(300);
});
