import { MineContact, MineContactProposal } from './contacts.store';
import { MineListEntry } from './lists.store';
import { Mine, MineImport, MineLicence, MineVersion } from './mines.store';

/** The tables of the register of mines. */
export const mineEntities = [
  Mine,
  MineVersion,
  MineImport,
  MineLicence,
  MineListEntry,
  MineContact,
  MineContactProposal,
];
