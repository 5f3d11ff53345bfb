import type { ComponentType } from 'react';
import { Route, Routes } from 'react-router';

/** The screen of a register: its list, and each record below it at `:id`. */
export const listAndRecord = (List: ComponentType, Record: ComponentType): ComponentType =>
  function Screen() {
    return (
      <Routes>
        <Route index element={<List />} />
        <Route path=":id" element={<Record />} />
      </Routes>
    );
  };
