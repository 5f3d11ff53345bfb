export {
  fillGrams,
  followNames,
  moveNames,
  postFollowers,
  postNames,
  repostChange,
  repostNames,
  withdrawNames,
  type Listed,
} from './posting';
export { nameIndexEntities } from './name-index.store';
export { pageFound, type Condition, type NameList, type Sought } from './search';
