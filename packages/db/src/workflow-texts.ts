/**
 * Begins a statement that looks for something in the documents of a workspace: `texts` has a row for each draft and each live version
 * (`id`, `name`, `text`, `live`), archived workflows left out. The first parameter is the workspace.
 */
export const WITH_TEXTS = `with texts as (
       select w.id, w.name, d.document::text as text, false as live
         from workflows w join drafts d on d.workspace_id = w.workspace_id and d.workflow_id = w.id
         where w.workspace_id = $1 and w.archived_at is null
       union all
       select w.id, w.name, v.document::text, true
         from workflows w join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
         where w.workspace_id = $1 and w.archived_at is null)`;
