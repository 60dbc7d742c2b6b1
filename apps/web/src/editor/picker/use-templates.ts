import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import type { Template } from './picker-entries.ts';

const NONE: readonly Template[] = [];

/** Finished workflows to begin with, and how one becomes a workflow of its own. */
export function useTemplates(): { readonly templates: readonly Template[]; readonly begin: (template: Template) => void } {
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
  return { templates: data?.items ?? NONE, begin };
}
