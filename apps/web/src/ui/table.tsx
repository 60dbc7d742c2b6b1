import { Fragment, type ReactNode } from 'react';
import { classes } from './controls/classes.ts';

/** One column of a table. */
export interface Column<R> {
  readonly key: string;
  /** Empty for columns of buttons; then `srHeader` names it. */
  readonly header: string;
  readonly srHeader?: string;
  readonly cell: (row: R) => ReactNode;
  /** CSS width of the column, such as `120px` or `30%`. The widest column has none. */
  readonly width?: string;
  readonly align?: 'start' | 'end';
  /** On windows below 768 px: `main` is the card's heading, `end` sits at its top right, `line` below, `hide` is left out. Default `line`. */
  readonly narrow?: 'main' | 'line' | 'end' | 'hide';
  /** Left out between 768 and 1024 px, where columns are tight. Default false. */
  readonly wideOnly?: boolean;
}

/** The last column, of a button or a menu for each row. @param name what it holds, for who hears the table */
export function actionsColumn<R>(name: string, cell: (row: R) => ReactNode): Column<R> {
  return { key: 'actions', header: '', srHeader: name, width: '52px', align: 'end', narrow: 'end', cell };
}

/** A table that becomes a list of cards on narrow windows. */
export interface TableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** Dims rows that are gone or off. */
  readonly isQuiet?: (row: R) => boolean;
  /** Rows that follow each other and belong together get a heading of their own. */
  readonly groupOf?: (row: R) => RowGroup;
}

/** A group of rows. */
export interface RowGroup {
  readonly key: string;
  readonly title: ReactNode;
}

const narrowClass = {
  main: 'max-md:order-first max-md:min-w-0 max-md:flex-[1_1_0] max-md:basis-[calc(100%-48px)]',
  end: 'max-md:order-first max-md:ml-auto',
  line: 'max-md:min-w-0',
  hide: 'max-md:hidden',
} as const;

const wideClass = 'md:max-lg:hidden';

function GroupRow({ title, span }: { readonly title: ReactNode; readonly span: number }) {
  return (
    <tr className="border-b border-border/70 bg-raised/45 max-md:block">
      <th scope="rowgroup" colSpan={span} className="h-9 px-3 text-left text-secondary font-semibold text-text max-md:block max-md:py-2">
        <span className="flex min-w-0 items-center gap-2">{title}</span>
      </th>
    </tr>
  );
}

function Head<R>({ columns }: { readonly columns: readonly Column<R>[] }) {
  return (
    <thead className="max-md:sr-only">
      <tr className="border-b border-border text-left text-secondary text-text-3">
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            style={{ width: column.width }}
            className={classes('h-8 truncate px-3 font-medium', column.align === 'end' && 'text-right', column.wideOnly && wideClass)}
          >
            {column.header || <span className="sr-only">{column.srHeader}</span>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row<R>({ row, columns, isQuiet }: { readonly row: R; readonly columns: readonly Column<R>[]; readonly isQuiet: boolean }) {
  return (
    <tr
      className={classes(
        'group relative h-(--row) border-b border-border/70 last:border-b-0 hover:bg-raised/60 has-[a:focus-visible]:bg-raised/60',
        'max-md:flex max-md:h-auto max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-3 max-md:py-2.5',
        isQuiet && 'text-text-3',
      )}
    >
      {columns.map((column) => (
        <td
          key={column.key}
          className={classes(
            'truncate px-3 *:align-middle max-md:px-0',
            column.align === 'end' && 'text-right',
            narrowClass[column.narrow ?? 'line'],
            column.wideOnly && wideClass,
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** A native table: assistive technology counts its rows; long text is cut with the full text on hover by its cell. */
export function Table<R>({ label, columns, rows, rowKey, isQuiet, groupOf }: TableProps<R>) {
  const groups = rows.map((row) => groupOf?.(row));
  return (
    <table aria-label={label} className="w-full table-fixed border-collapse text-body max-md:block">
      <Head columns={columns} />
      <tbody className="max-md:block">
        {rows.map((row, index) => {
          const group = groups[index];
          return (
            <Fragment key={rowKey(row)}>
              {group && group.key !== groups[index - 1]?.key ? <GroupRow title={group.title} span={columns.length} /> : null}
              <Row row={row} columns={columns} isQuiet={isQuiet?.(row) ?? false} />
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
