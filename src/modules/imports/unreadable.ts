import { asProblem, type Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import type { TableFault, TableFaultCode } from '../../kernel/tables';

/** What to do about a file that cannot be read. */
const unreadableEn: Record<TableFaultCode, string> = {
  'old-format': 'Save it as .xlsx and upload it again.',
  encrypted: 'Remove the password, save it as .xlsx and upload it again.',
  html: 'It only bears the ending of a table; save it as .xlsx and upload it again.',
  macros: 'Save it as .xlsx without macros and upload it again.',
  'not-a-table': 'Upload a filled .xlsx or CSV file.',
  encoding: 'Save it as “CSV UTF-8 (comma delimited)” or .xlsx and upload it again.',
  broken: 'Open it in a spreadsheet program, save it as .xlsx and upload it again.',
  hostile: 'It goes beyond what a table holds; take out what is too much, save it as .xlsx and upload it again.',
  'too-large': 'Divide it into several files and upload them one after the other.',
};

/** What a file that is no readable table is told. */
const unreadable: Record<TableFaultCode, string> = {
  'old-format': 'import.old-format',
  encrypted: 'import.encrypted',
  html: 'import.html',
  macros: 'import.macros',
  'not-a-table': 'import.not-a-table',
  encoding: 'import.encoding',
  broken: 'import.broken',
  hostile: 'import.hostile',
  'too-large': 'import.too-large',
};

export const unreadableProblem = ({ code, detail }: TableFault): Problem => {
  const params = { detail: say(detail, unreadableEn[code]) };
  return asProblem({ code: unreadable[code], params });
};
