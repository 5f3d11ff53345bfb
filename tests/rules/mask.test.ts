import { maskPhone } from '../../src/kernel/pure/mask';

test.each([
  ['13812345678', '138****5678'],
  ['138 1234 5678', '138****5678'],
  ['+86 138-1234-5678', '861****5678'],
  ['0571-87654321', '057****4321'],
  ['87654321', '****4321'],
  ['8765432', '****'],
  ['110', '****'],
  ['', '****'],
])('the telephone %s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
