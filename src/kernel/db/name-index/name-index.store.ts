import { Column, Entity } from 'typeorm';
import { NAME_KEY_LENGTH } from '../../pure/text';
import { col } from '../columns';

/**
 * A posting: the record at this place of this list holds the gram. The key is the table (SQLite WITHOUT ROWID, InnoDB's
 * clustered key), so the records of one gram lie side by side in the order in which the list shows them.
 */
@Entity('name_gram', { withoutRowid: true })
export class NameGram {
  @Column(col.key(8)) list: string;
  @Column(col.key(24)) gram: string;
  /** What the list is sorted by, unique in it. */
  @Column(col.key(36)) place: string;
}

/** A whole name of the record at the place, to look at where grams leave it open whether it holds a text. */
@Entity('name_text', { withoutRowid: true })
export class NameText {
  @Column(col.key(8)) list: string;
  @Column(col.key(36)) place: string;
  @Column(col.key(NAME_KEY_LENGTH)) text: string;
}

/** A record of one list that is found by the names of a record of another. */
@Entity('name_follower', { withoutRowid: true })
export class NameFollower {
  @Column(col.key(8)) list: string;
  @Column(col.key(36)) place: string;
  @Column({ ...col.key(8), name: 'follower_list' }) followerList: string;
  @Column({ ...col.key(36), name: 'follower_place' }) followerPlace: string;
}

export const nameIndexEntities = [NameGram, NameText, NameFollower];
