import { DataSource } from 'typeorm';
import { migrations } from './migrations';
import { readConfig } from './src/config';
import { dataSourceOptions } from './src/kernel/db/database';
import { entities } from './src/schema';

const config = readConfig(process.env);

/** For the TypeORM command line on the compiled file: `npx typeorm -d dist/ormconfig.js migration:show`. */
export default new DataSource(
  dataSourceOptions({ url: config.databaseUrl, directory: config.dataDirectory, entities, migrations }, 'mariadb'),
);
