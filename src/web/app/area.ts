import type { ComponentType } from 'react';
import type { Permission } from '../../modules/identity/permissions';
import type { Words } from '../words/language';

/** What a screen's module exports: the screen, which may have screens below its address, and its texts. */
export interface ScreenModule {
  Screen: ComponentType;
  words?: Words;
}

export interface Place {
  /** First part of the address: /console/{base}. */
  base: string;
  label: readonly [zh: string, en: string];
  /** Shown to roles that hold one of these; without any, to everybody signed in. */
  permissions?: readonly Permission[];
  /** Reached from elsewhere, not from the menu. */
  hidden?: boolean;
  load(): Promise<ScreenModule>;
}

/** A part of the menu with its screens. Every `pages/<folder>/area.ts` exports one as `area`. */
export interface Area {
  order: number;
  label: readonly [zh: string, en: string];
  places: readonly Place[];
}

const found = import.meta.glob<{ area: Area }>('../pages/*/area.ts', { eager: true });

/** All areas in the order of the menu. */
export const areas: readonly Area[] = Object.values(found)
  .map((m) => m.area)
  .sort((a, b) => a.order - b.order);
