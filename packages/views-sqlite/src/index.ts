export { openSqliteViews, type SqliteViewsOptions } from './sqlite-views.ts'
