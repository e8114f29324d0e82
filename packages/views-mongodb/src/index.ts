export { type MongoViewsOptions, openMongoViews } from './mongo-views.ts'
