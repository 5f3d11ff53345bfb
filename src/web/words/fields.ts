import type { Words } from './types';

/** Names of fields and common values, where the contract's own description is not enough or not there. */
export const fieldWords = {
  'field.name': ['名称', 'Name'],
  'field.uscc': ['统一社会信用代码', 'Credit code'],
  'field.legalForm': ['组织形式', 'Legal form'],
  'field.from': ['自', 'From'],
  'field.lastDay': ['至', 'Last day'],
  'field.recordedAt': ['登记时间', 'Recorded at'],
  'field.paper': ['依据材料', 'Paper'],
  'field.byCode': ['按信用代码', 'By code'],
  'field.byAddress': ['按住所', 'By address'],
  'publicInstitutionClass.one': ['公益一类', 'Class one'],
  'publicInstitutionClass.two': ['公益二类', 'Class two'],
  'any.true': ['是', 'Yes'],
  'any.false': ['否', 'No'],
} satisfies Words;
