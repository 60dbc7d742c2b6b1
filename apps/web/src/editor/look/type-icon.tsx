import {
  ArrowDownAZ,
  Bell,
  Bot,
  Box,
  Braces,
  Calendar,
  CircleDot,
  CirclePause,
  Clock,
  CodeXml,
  CopyX,
  CornerDownLeft,
  CornerDownRight,
  CornerRightDown,
  Database,
  FileText,
  Filter,
  GitBranch,
  GitMerge,
  Globe,
  Group,
  Hand,
  Hourglass,
  Layers,
  Link,
  ListChecks,
  ListEnd,
  ListOrdered,
  type LucideIcon,
  Mail,
  Merge,
  MessageSquare,
  MousePointerClick,
  OctagonX,
  PencilLine,
  Play,
  Repeat,
  Reply,
  Route,
  Rss,
  Send,
  ShieldAlert,
  Shuffle,
  Sparkles,
  Split,
  Table,
  Timer,
  TriangleAlert,
  Undo2,
  Ungroup,
  User,
  Webhook,
  Workflow,
  Zap,
} from 'lucide-react';
import type { CSSProperties } from 'react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  bell: Bell,
  bot: Bot,
  braces: Braces,
  calendar: Calendar,
  'circle-pause': CirclePause,
  clock: Clock,
  'code-xml': CodeXml,
  code: CodeXml,
  'corner-down-left': CornerDownLeft,
  database: Database,
  edit: PencilLine,
  'file-text': FileText,
  filter: Filter,
  'git-branch': GitBranch,
  'git-fork': GitBranch,
  'git-merge': GitMerge,
  globe: Globe,
  hand: Hand,
  hourglass: Hourglass,
  link: Link,
  'list-checks': ListChecks,
  mail: Mail,
  'message-square': MessageSquare,
  'mouse-pointer-click': MousePointerClick,
  pencil: PencilLine,
  'pencil-line': PencilLine,
  'pen-line': PencilLine,
  play: Play,
  repeat: Repeat,
  reply: Reply,
  send: Send,
  shuffle: Shuffle,
  sparkles: Sparkles,
  split: Split,
  table: Table,
  timer: Timer,
  user: User,
  'arrow-down-a-z': ArrowDownAZ,
  'circle-dot': CircleDot,
  'copy-x': CopyX,
  'corner-down-right': CornerDownRight,
  'corner-right-down': CornerRightDown,
  group: Group,
  layers: Layers,
  'list-end': ListEnd,
  'list-ordered': ListOrdered,
  merge: Merge,
  'octagon-x': OctagonX,
  route: Route,
  rss: Rss,
  'shield-alert': ShieldAlert,
  'triangle-alert': TriangleAlert,
  'undo-2': Undo2,
  ungroup: Ungroup,
  webhook: Webhook,
  workflow: Workflow,
  zap: Zap,
};

/** `mail-plus`, `mail-open` → `mail`: one sign for all that an app does. */
function familyOf(icon: string): string {
  return icon.split(/s?(?:-|$)/, 1)[0] ?? '';
}

/** The icon of a node type: a lucide icon by name, or the package's own SVG, shown as an image so that nothing in it can run. */
export function TypeIcon({
  icon,
  sizePx = 18,
  style,
}: {
  readonly icon: string;
  readonly sizePx?: number;
  readonly style?: CSSProperties;
}) {
  if (icon.trimStart().startsWith('<svg')) {
    return (
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(icon)}`}
        width={sizePx}
        height={sizePx}
        alt=""
        draggable={false}
        style={style}
      />
    );
  }
  const Icon = ICONS[icon] ?? ICONS[familyOf(icon)] ?? Box;
  return <Icon size={sizePx} aria-hidden="true" {...(style ? { style } : {})} />;
}
