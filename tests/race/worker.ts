import { createActing } from './acting';
import type { ActMessage, WorkerMessage } from './crew';
import { openService, type Place } from './service';

// One process of the race: builds the service and acts as it is told, until its parent lets go of it.

const tell = (message: WorkerMessage): void => void process.send!(message);

async function main(place: Place): Promise<void> {
  const service = await openService(place);
  const act = createActing(service);
  process.on('message', ({ key, round, orders }: ActMessage) => {
    void Promise.all(orders.map((order) => act(round, order))).then((answers) => tell({ key, answers }));
  });
  process.on('disconnect', () => {
    void service.close().then(() => process.exit(0));
  });
  tell({ ready: true });
}

main(JSON.parse(process.argv[2]!) as Place).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
