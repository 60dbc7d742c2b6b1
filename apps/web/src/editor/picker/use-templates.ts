import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import type { Placement } from '../core/graph/placement.ts';
import { useEditor } from '../session-context.ts';
import type { Template } from './picker-entries.ts';

const NONE: readonly Template[] = [];

/** Finished workflows, how one becomes a workflow of its own, and how its steps are put into the open one. */
interface Templates {
  readonly templates: readonly Template[];
  readonly begin: (template: Template) => void;
  readonly put: (template: Template, placement: Placement) => void;
}

/** What there is to begin with. */
export function useTemplates(): Templates {
  const session = useEditor();
  const navigate = useNavigate();
  const tellError = useErrorToast();
  const { data } = useQuery({
    queryKey: ['templates'],
    queryFn: ({ signal }) => api.templates.list({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const begin = ({ key, title }: Template): void => {
    api.workflows
      .create({ body: { name: title, template: key } })
      .then(({ id }) => navigate({ to: '/workflows/$workflowId', params: { workflowId: id } }), tellError);
  };
  const put = ({ key }: Template, placement: Placement): void => {
    // Fetched with the first one, as everything that pastes.
    Promise.all([api.templates.get({ key }), import('../core/actions/paste/put-whole.ts')])
      .then(([content, { putWhole }]) => putWhole(session, content, placement))
      .catch(tellError);
  };
  return { templates: data?.items ?? NONE, begin, put };
}
