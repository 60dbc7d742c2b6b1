import type { RunSummary } from '@millwright/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../../api/client.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import { useTexts } from '../../texts.ts';
import type { RunMove } from './run-moves.ts';

/** Moves of a run that ends or stops it, or lets it go on; the others make a new run. */
export type SteerMove = Exclude<RunMove, 'resume' | 'rerun'>;

/** Steers an open run. @param onRun gets the run as the server answers it */
export function useSteerRun(runId: string, onRun: (run: RunSummary) => void) {
  const { t } = useTexts();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (move: SteerMove) => api.runs[move]({ runId }),
    onSuccess: (run, move) => {
      onRun(run);
      showToast({ title: t(`runAction.${move}.done`) });
    },
    onError: tellError,
  });
}

/** Goes to a run that another one led to, and says so. */
export function useOpenNewRun() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (runId: string, title: string): void => {
    showToast({ title });
    void queryClient.invalidateQueries({ queryKey: ['runs'] });
    void navigate({ to: '/runs/$runId', params: { runId } });
  };
}
