import { createBrowserRouter, type RouteObject } from 'react-router';
import { addWords } from '../words/language';
import { areas, type Place } from './area';
import { NotFound, RouteFault, Waiting } from './faults';
import { Frame } from './frame';

const screenOf = (place: Place): RouteObject => ({
  path: place.base === '' ? undefined : `${place.base}/*`,
  index: (place.base === '' ? true : undefined) as never,
  errorElement: <RouteFault />,
  lazy: async () => {
    const { Screen, words } = await place.load();
    if (words) addWords(words);
    return { Component: Screen };
  },
});

/** Every place is loaded when it is first opened. */
export const makeRouter = () =>
  createBrowserRouter(
    [
      {
        path: '/',
        element: <Frame />,
        errorElement: <RouteFault />,
        hydrateFallbackElement: <Waiting />,
        children: [...areas.flatMap((area) => area.places).map(screenOf), { path: '*', element: <NotFound /> }],
      },
    ],
    { basename: '/console' },
  );
