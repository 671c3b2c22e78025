// The arithmetic of the explorers as node sees it: the very text that is shipped, without a package.json of its own.
import { readFileSync } from "node:fs";

export function load(name) {
  const path = new URL(`../../../lib/gradus/widgets/js/${name}.js`, import.meta.url);
  return import(`data:text/javascript,${encodeURIComponent(readFileSync(path, "utf8"))}`);
}
