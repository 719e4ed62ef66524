// What a page looks like, measured: each function gives a list of faults in words.
// Given to every page by tests/browser/test_widths.py; asks the page, never changes it.
(() => {
  const TARGET = 44;
  const SLACK = 1.5;
  const CONTROLS = "a[href], button, select, textarea, summary, input:not([type=hidden]), [tabindex='0']";

  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });
  const name = (element) =>
    `${element.tagName.toLowerCase()}${[...element.classList].map((one) => `.${one}`).join("")}` +
    ` “${(element.innerText || element.getAttribute("aria-label") || "").trim().slice(0, 40)}”`;
  const round = (number) => Math.round(number * 10) / 10;

  const hidesMore = (style) => /hidden|clip|auto|scroll/.test(style.overflowX + style.overflowY);

  // Where text is drawn: one box for each line, cut where an element around it cuts.
  function lines() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || parent.closest("svg, select, textarea, noscript, script, style") || !seen(parent)) continue;
      range.selectNodeContents(walker.currentNode);
      let block = parent;
      while (/^(inline|contents)$/.test(getComputedStyle(block).display)) block = block.parentElement;
      const view = frame(block);
      for (const box of range.getClientRects()) {
        // The box of a line is taller than its letters.
        const line = {
          block,
          parent,
          left: Math.max(box.left, view.left),
          right: Math.min(box.right, view.right),
          top: Math.max(box.top + box.height * 0.22, view.top),
          bottom: Math.min(box.bottom - box.height * 0.22, view.bottom),
          fixed: view.fixed,
          outside: box.right > innerWidth + SLACK && view.right > innerWidth,
        };
        if (line.right - line.left > 3 && line.bottom - line.top > 3 && line.right > 0 && line.bottom + scrollY > 0) found.push(line);
      }
    }
    return found;
  }

  const frames = new Map();
  function frame(element) {
    if (!element || element === document.documentElement) {
      return { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity, fixed: false };
    }
    if (frames.has(element)) return frames.get(element);
    const style = getComputedStyle(element);
    const around = frame(element.parentElement);
    const own = { ...around, fixed: around.fixed || /fixed|sticky/.test(style.position) };
    if (hidesMore(style) && element !== document.body) {
      const box = element.getBoundingClientRect();
      Object.assign(own, {
        left: Math.max(own.left, box.left),
        right: Math.min(own.right, box.right),
        top: Math.max(own.top, box.top),
        bottom: Math.min(own.bottom, box.bottom),
      });
    }
    frames.set(element, own);
    return own;
  }

  function sideways() {
    const over = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
    if (over <= 0) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + SLACK && frame(one.parentElement).right > innerWidth,
    );
    return [`${over} px wider than the screen: ${wide.slice(-3).map(name).join(", ")}`];
  }

  function clipped(found) {
    const cut = [...document.body.querySelectorAll("*")].filter((one) => {
      const style = getComputedStyle(one);
      if (one.matches("select, input, textarea") || one.closest("svg") || !seen(one) || !one.innerText?.trim()) return false;
      // What is one pixel in size is there to be heard.
      if (one.clientWidth <= 2 || one.clientHeight <= 2 || style.display === "inline") return false;
      const across = /hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + SLACK;
      const down = /hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + SLACK;
      return across || down;
    });
    const outside = found.filter((line) => line.outside || line.left < -SLACK);
    return [
      ...cut.map((one) => `cut off: ${name(one)}`),
      ...outside.map((line) => `out of the screen: ${name(line.parent)}`),
    ];
  }

  function overlapping(found) {
    const faults = new Set();
    const inOrder = found.filter((line) => !line.fixed).sort((one, other) => one.top - other.top);
    inOrder.forEach((line, at) => {
      for (let next = at + 1; next < inOrder.length && inOrder[next].top < line.bottom - SLACK; next += 1) {
        const other = inOrder[next];
        const across = Math.min(line.right, other.right) - Math.max(line.left, other.left);
        if (line.parent !== other.parent && across > SLACK) {
          faults.add(`on each other: ${name(line.parent)} and ${name(other.parent)}`);
        }
      }
    });
    return [...faults];
  }

  // A target is as large as its box, the label around it, and what its ::before and ::after add.
  function reach(element) {
    const own = (element.closest("label") || element).getBoundingClientRect();
    let { left, right, top, bottom } = own;
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (style.content === "none" || style.position !== "absolute") continue;
      const [width, height] = [parseFloat(style.width), parseFloat(style.height)];
      const [extraWidth, extraHeight] = [Math.max(0, width - own.width) / 2, Math.max(0, height - own.height) / 2];
      if (element.getClientRects().length > 1) continue;
      [left, right, top, bottom] = [left - extraWidth, right + extraWidth, top - extraHeight, bottom + extraHeight];
    }
    return { element, left, right, top, bottom, width: right - left, height: bottom - top };
  }

  // A link in a sentence: its block says more than its links do.
  function inASentence(element) {
    if (!/^inline/.test(getComputedStyle(element).display)) return false;
    let block = element.parentElement;
    while (/^(inline|contents)/.test(getComputedStyle(block).display)) block = block.parentElement;
    const links = [...block.querySelectorAll("a[href]")].map((one) => one.textContent.trim().length);
    return block.textContent.trim().length > links.reduce((sum, length) => sum + length, 0) + 2;
  }

  // Too small is what a finger of 44 pixels on its middle cannot hit without hitting another one.
  function small() {
    const targets = [...document.querySelectorAll(CONTROLS)].filter(
      (one) => seen(one) && one.getBoundingClientRect().right > 0 && one.getClientRects().length,
    ).map(reach);
    return targets.filter((one) => {
      if (one.width >= TARGET - 0.5 && one.height >= TARGET - 0.5) return false;
      if (inASentence(one.element)) return false;
      const wide = Math.max(0, TARGET - one.width) / 2;
      const high = Math.max(0, TARGET - one.height) / 2;
      const near = targets.find(
        (other) =>
          other.element !== one.element && !other.element.contains(one.element) && !one.element.contains(other.element) &&
          other.left < one.right + wide - SLACK && other.right > one.left - wide + SLACK &&
          other.top < one.bottom + high - SLACK && other.bottom > one.top - high + SLACK,
      );
      return Boolean(near);
    }).map((one) => `${round(one.width)} x ${round(one.height)}: ${name(one.element)}`);
  }

  // Shapes that say which label it is must not vanish where the reader's colours replace ours.
  function vanished() {
    return [...document.querySelectorAll("[class^=label]")].filter(seen).filter((one) => {
      const style = getComputedStyle(one, "::before");
      return style.content !== "none" && style.backgroundColor === "rgba(0, 0, 0, 0)" && style.backgroundImage === "none";
    }).map((one) => `no shape: ${name(one)}`);
  }

  // Reachable by the Tab key, in the order of the page; of radios in a group, one.
  function stops() {
    return [...document.querySelectorAll(CONTROLS)].filter((one) => {
      if (!seen(one) || one.disabled || one.tabIndex < 0 || !one.getClientRects().length) return false;
      if (one.type !== "radio") return true;
      const group = [...document.querySelectorAll(`input[type=radio][name="${one.name}"]`)];
      return one === (group.find((radio) => radio.checked) || group[0]);
    });
  }

  function watchTheWalk() {
    const walk = { expected: stops(), visited: [], faults: [] };
    document.addEventListener("focusin", ({ target }) => {
      walk.visited.push(target);
      const style = getComputedStyle(target);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
        walk.faults.push(`no focus to be seen: ${name(target)}`);
      }
    });
    // Only when the next one is asked for has the page been scrolled to this one.
    document.addEventListener("keydown", () => {
      const target = document.activeElement;
      const box = target.getClientRects()[0];
      if (!box || target === document.body) return;
      const at = (y) => document.elementFromPoint(box.left + box.width / 2, y);
      // A browser shows where one writes: of a tall field that may be its upper part.
      const top = at(box.top + box.height / 2) || at(box.top + Math.min(20, box.height / 2));
      if (!top) walk.faults.push(`focus out of sight: ${name(target)}`);
      else if (!target.contains(top) && !top.contains(target) && !target.closest("label")?.contains(top)) {
        walk.faults.push(`focus behind ${name(top)}: ${name(target)}`);
      }
    });
    window.walk = walk;
    return walk.expected.length;
  }

  function walked() {
    const { expected, visited, faults } = window.walk;
    const own = visited.filter((one) => expected.includes(one)).slice(0, expected.length);
    const at = expected.findIndex((one, index) => own[index] !== one);
    return [...new Set(faults), ...(at < 0 ? [] : [`stop ${at + 1} is not ${name(expected[at])} but ${own[at] ? name(own[at]) : "nothing"}`])];
  }

  function faults() {
    frames.clear();
    scrollTo(0, 0);
    const found = lines();
    return [...new Set([...sideways(), ...clipped(found), ...overlapping(found)])];
  }

  // What readers who need more space set for themselves (WCAG 1.4.12).
  function space() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }" +
        " p { margin-bottom: 2em !important; }",
    );
    document.adoptedStyleSheets = [sheet];
  }
  const unspace = () => { document.adoptedStyleSheets = []; };

  window.measure = { faults, small, vanished, space, unspace, watchTheWalk, walked };
})();
