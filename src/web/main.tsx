import './frame.css';
import { lazy, StrictMode, Suspense } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Refused } from './api/fault';
import { markStyles, noteTouches } from './app/browser';
import { FaultNote, Waiting } from './app/faults';
import { makeRouter } from './app/router';
import { SessionGate } from './app/session';
import { ThemeProvider } from './app/theme';
import { startLanguage } from './words/language';

// Loaded by those who have no session; the others begin with their work.
const SignInPage = lazy(() => import('./entrance/sign-in').then((m) => ({ default: m.SignInPage })));
const SignInAgain = lazy(() => import('./entrance/sign-in').then((m) => ({ default: m.SignInAgain })));

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a service that did not answer is asked again.
      retry: (count, error) => !(error instanceof Refused && error.status < 500) && count < 2,
      staleTime: 5_000,
      refetchOnWindowFocus: true,
    },
  },
});

async function start(): Promise<void> {
  markStyles();
  noteTouches();
  await startLanguage();
  const router = makeRouter();
  createRoot(document.getElementById('console')!).render(
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={client}>
          <SessionGate
            entrance={(entered) => (
              <Suspense fallback={<Waiting />}>
                <SignInPage entered={entered} />
              </Suspense>
            )}
            again={(entered) => (
              <Suspense fallback={null}>
                <SignInAgain entered={entered} />
              </Suspense>
            )}
            waiting={<Waiting />}
            fault={(error, retry) => <FaultNote error={error} retry={retry} />}
          >
            <RouterProvider router={router} />
          </SessionGate>
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}

void start();
