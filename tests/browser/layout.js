// What is cut off, overlaps or is too small on a page: sentences, each naming the element.
// `least` and `primary`: the least size of any control, and of one that a finger presses first.
({ least, primary }) => {
  const found = new Set();
  const root = document.documentElement;
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, label:has(input)";

  const name = (one) => {
    const id = one.id ? `#${one.id}` : "";
    const field = one.name ? `[name=${one.name}]` : "";
    const kind = [...one.classList].map((each) => `.${each}`).join("");
    const words = (one.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${one.localName}${id}${kind}${field}> “${words}”`;
  };
  const styles = new Map();
  const style = (one) => {
    if (!styles.has(one)) styles.set(one, getComputedStyle(one));
    return styles.get(one);
  };
  const ancestors = (one) => {
    const all = [];
    for (let at = one; at && at !== root; at = at.parentElement) all.push(at);
    return all;
  };
  const apart = new Map(); // the bar, popover or slip that an element stands in, apart from the page
  const layer = (one) => {
    if (!apart.has(one)) {
      const over = ancestors(one).find(
        (each) => ["fixed", "sticky"].includes(style(each).position) || each.matches("[popover], dialog"),
      );
      apart.set(one, over ?? null);
    }
    return apart.get(one);
  };
  const hidden = new Map(); // for screen readers alone
  const isHidden = (one) => {
    if (!hidden.has(one)) {
      const shown = one.checkVisibility({ visibilityProperty: true, opacityProperty: false });
      const own = one.getBoundingClientRect();
      const tiny = style(one).position === "absolute" && (own.width <= 1 || own.height <= 1);
      const clipped = style(one).position === "absolute" && style(one).clipPath.startsWith("inset(50%");
      const up = one.parentElement;
      hidden.set(one, !shown || tiny || clipped || Boolean(up && up !== root && isHidden(up)));
    }
    return hidden.get(one);
  };
  const clips = (one) => style(one).overflowX !== "visible" || style(one).overflowY !== "visible";
  // What of a rectangle is in sight, inside all boxes that clip or scroll.
  const inSight = (rect, from) => {
    let { left, top, right, bottom } = rect;
    for (const each of ancestors(from)) {
      if (each === document.body || !clips(each)) continue;
      const box = each.getBoundingClientRect();
      left = Math.max(left, box.left);
      right = Math.min(right, box.right);
      top = Math.max(top, box.top);
      bottom = Math.min(bottom, box.bottom);
    }
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };
  const boxes = (rects, from) =>
    [...rects].map((one) => inSight(one, from)).filter((one) => one.width > 1 && one.height > 1);
  const meet = (one, other, by) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > by &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > by;
  const related = (one, other) => one.contains(other) || other.contains(one);
  const label = (one) => one.closest("label") ?? one.labels?.[0] ?? null;
  // Each pair of boxes that meet, of things sorted from the top down.
  const pairs = (things, others, by, say) => {
    const sorted = [...things, ...others].sort((one, other) => one.box.top - other.box.top);
    for (let here = 0; here < sorted.length; here += 1) {
      for (let next = here + 1; next < sorted.length; next += 1) {
        if (sorted[next].box.top >= sorted[here].box.bottom) break;
        if (meet(sorted[here].box, sorted[next].box, by)) say(sorted[here], sorted[next]);
      }
    }
  };

  // The page never scrolls sideways.
  const wide = root.scrollWidth - root.clientWidth;
  if (wide > 0) {
    const reaching = [...document.body.querySelectorAll("*")].filter(
      (one) => !isHidden(one) && inSight(one.getBoundingClientRect(), one).right > root.clientWidth + 0.5,
    );
    const last = reaching.filter((one) => !reaching.some((each) => each !== one && one.contains(each)));
    found.add(`the page is ${wide} px too wide: ${last.slice(0, 3).map(name).join(", ") || "nobody knows why"}`);
  }

  // Words of the page, by the element that holds them.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const owner = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || isHidden(owner) || owner.closest("script, style, select, textarea, svg"))
      continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of boxes(range.getClientRects(), owner)) {
      const trim = box.height * 0.22; // The room above and below the letters may be shared.
      texts.push({ owner, box: { ...box, top: box.top + trim, bottom: box.bottom - trim } });
    }
  }

  // No words are cut off.
  const holders = new Set(texts.flatMap((one) => ancestors(one.owner)));
  for (const one of holders) {
    const { overflowX, overflowY } = style(one);
    const cut = (way) => way === "hidden" || way === "clip";
    if (style(one).display === "inline" || one === document.body) continue;
    if (cut(overflowX) && one.scrollWidth > one.clientWidth + 1)
      found.add(`cut off at the side by ${one.scrollWidth - one.clientWidth} px: ${name(one)}`);
    if (cut(overflowY) && one.scrollHeight > one.clientHeight + 2)
      found.add(`cut off below by ${one.scrollHeight - one.clientHeight} px: ${name(one)}`);
  }

  // No words are squeezed into a column of a few letters. A table's columns may be narrow.
  const lines = new Map();
  for (const { owner, box } of texts) lines.set(owner, (lines.get(owner) ?? new Set()).add(Math.round(box.top)));
  for (const [owner, { size }] of lines) {
    if (size > 6 && !owner.closest("table") && owner.textContent.trim().length < 8 * size)
      found.add(`words squeezed into ${size} lines: ${name(owner)}`);
  }

  // No words lie over others.
  pairs(texts, [], 1, (one, other) => {
    if (one.owner === other.owner || related(one.owner, other.owner)) return;
    if (layer(one.owner) !== layer(other.owner)) return;
    found.add(`words lie over words: ${name(one.owner)} and ${name(other.owner)}`);
  });

  // No control lies over another, or over words that aren't its own.
  const controls = [...document.body.querySelectorAll(CONTROLS)].filter((one) => !isHidden(one) && !one.disabled);
  const drawn = controls.flatMap((owner) => boxes(owner.getClientRects(), owner).map((box) => ({ owner, box })));
  pairs(drawn, [], 2, (one, other) => {
    if (one.owner === other.owner || related(one.owner, other.owner)) return;
    if (layer(one.owner) !== layer(other.owner)) return;
    if (label(one.owner) && label(one.owner) === label(other.owner)) return;
    found.add(`controls overlap: ${name(one.owner)} and ${name(other.owner)}`);
  });
  const solid = drawn.filter((one) => one.owner.localName !== "label");
  pairs(
    solid.map((one) => ({ ...one, control: true })),
    texts,
    2,
    (one, other) => {
      if (Boolean(one.control) === Boolean(other.control) || related(one.owner, other.owner)) return;
      if (layer(one.owner) !== layer(other.owner)) return;
      const [control, words] = one.control ? [one, other] : [other, one];
      if (label(control.owner)?.contains(words.owner)) return;
      found.add(`a control lies over words: ${name(control.owner)} and ${name(words.owner)}`);
    },
  );

  // Each control is large enough. Links and terms within a line of text are as high as the line.
  const inLine = (one) => {
    const block = one.parentElement.closest("p, li, dd, dt, td, th, figcaption, legend, span, div, h1, h2, h3, small");
    const around = [...(block?.childNodes ?? [])].some((each) => each.nodeType === 3 && /\w/.test(each.data));
    return around || style(one).display === "inline";
  };
  for (const one of controls) {
    const holder = one.matches("input[type=checkbox], input[type=radio]") ? label(one) : null;
    if (holder) continue; // Its label is the target.
    if (one.localName === "a" && inLine(one)) continue;
    const { width, height } = one.getBoundingClientRect();
    const running = inLine(one);
    const most = running || one.localName === "a" ? least : Math.max(least, primary);
    const size = `${Math.round(width)} × ${Math.round(height)}`;
    if (width < most - 0.5 || height < most - 0.5) found.add(`${size} px, less than ${most}: ${name(one)}`);
  }
  return [...found];
};
