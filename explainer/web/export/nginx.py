"""What nginx has to know of an export: a file for `http { }`, and one for `server { }`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from explainer.web.export.rules import STEM, Rule
from explainer.web.export.walk import MISSING, OWN, REFUSED, Export, Part

HTTP = """\
# Of the site as files, for the `http` block: include it there once, before the site's `server`.
map_hash_bucket_size 512;
map_hash_max_size 16384;
map $status $export_allow { default ""; 405 "GET, HEAD"; }
# An address with its last slash is a page in a folder of its own.
map $uri $export_file { default $uri; ~/$ "${uri}index.html"; }
"""
SERVER = """\
# Of the site as files, for a `server` block: name `root` as the folder `public` before this line.
# nginx 1.18 or later. It sends gzip; with its module for brotli (on Debian the package
# libnginx-mod-http-brotli-static) add `brotli_static on;`: those files lie there too.
# Nothing else that adds headers may stand in a `location`: nginx would then leave all these out.
charset off;
gzip off;
gzip_static on;
gzip_vary on;
etag on;
if_modified_since off;
server_tokens off;
absolute_redirect off;
autoindex off;
error_page 404 /{missing};
error_page 405 $export_refused;
error_page 410 /{own}/gone${{uri}}index.html;
# nginx's tag is made of a file's time, and that of its content: the time itself says nothing.
add_header Last-Modified "";
add_header Allow $export_allow always;
{headers}
types {{
{types}
}}
default_type application/octet-stream;

if ($request_method !~ ^(GET|HEAD)$) {{ return 405; }}
location / {{
  if ($export_query = missing) {{ return 404; }}
  try_files $export_query $export_file @elsewhere;
}}
location @elsewhere {{
  if (-f $document_root/{own}/gone${{uri}}index.html) {{ return 410; }}
  if (-f $document_root$uri/index.html) {{ return 301 $uri/$is_args$args; }}
  if (-f $document_root/{own}/gone$uri/index.html) {{ return 301 $uri/$is_args$args; }}
  return 404;
}}
# What lies there for this server, and has no address of its own.
location ~ (^/{missing}|^/_headers|^/_redirects|/index\\.html|\\.gz|\\.br)$ {{ internal; }}
location ^~ /{own}/gone/ {{ internal; }}
location = /{refused} {{ internal; }}
{locations}"""
NONE = f"/{OWN}/none"
"""A file that never is: no query asks for another answer."""


def files(export: Export, rules: Sequence[Rule]) -> dict[str, str]:
    """Give the two files by name."""
    variables = {rule.name: f"$export_{rule.name.lower().replace('-', '_')}" for rule in rules}
    maps = [_map(variables[rule.name], rule) for rule in rules]
    headers = "\n".join(f"add_header {name} {value} always;" for name, value in variables.items())
    types, others = _types(export)
    return {
        "nginx/http.conf": "".join([HTTP, *maps, _queries(export), _refused(export.parts)]),
        "nginx/server.conf": SERVER.format(
            missing=MISSING,
            refused=REFUSED,
            own=OWN,
            headers=headers,
            types="\n".join(f"  {_quoted(kind)} {ending};" for ending, kind in types.items()),
            locations="\n".join((*_of_other_types(others), *_of_parts_below(export.parts))),
        ),
    }


def _map(variable: str, rule: Rule) -> str:
    lines = [f"  default {_quoted(rule.common)};"]
    lines += [f"  {_quoted(f'/{file}')} {_quoted(value)};" for file, value in rule.files.items()]
    lines += [f"  ~^/{folder} {_quoted(value)};" for folder, value in rule.folders.items()]
    for ending, value in rule.endings.items():
        # A named part of the pattern, since other maps may have numbered ones of their own.
        said = _quoted(value).replace(STEM, "$export_stem")
        lines.append(f'  "~^/(?<export_stem>.+)\\{ending}$" {said};')
    return _block(f"map $uri {variable}", lines)


def _queries(export: Export) -> str:
    """Write what `$export_query` is: the file of a query, or what stands where there is none."""
    by_params = {part.address: part for part in export.parts if part.params}
    read = {**export.params, **{address: part.params for address, part in by_params.items()}}
    asked, chosen = [], []
    for path, names in sorted(read.items()):
        in_order = sorted(names)
        asked.append(f'  {path} "{"|".join(f"$arg_{name}" for name in in_order)}";')
        chosen.append(f'  "{path}|{"|" * (len(in_order) - 1)}" {NONE};')
        for values, one in export.queries(path):
            key = "|".join(values.get(name, "") for name in in_order)
            chosen.append(f'  "{path}|{key}" /{one.file};')
        instead = by_params.get(path) or _whole(export.parts, path)
        chosen.append(f'  "~^{path}\\|" {f"/{instead.file}" if instead else "missing"};')
    first = _block("map $uri $export_asked", ['  default "";', *asked])
    return first + _block('map "$uri|$export_asked" $export_query', [f"  default {NONE};", *chosen])


def _whole(parts: Sequence[Part], path: str) -> Part | None:
    return next((part for part in parts if part.is_whole and part.address == path), None)


def _refused(parts: Sequence[Part]) -> str:
    """A form that is sent to a part that needs a server is told so; any other gets the refusal."""
    own = [f"  {part.address} /{part.file};" for part in parts if part.is_whole]
    return _block("map $uri $export_refused", [f"  default /{REFUSED};", *own])


def _types(export: Export) -> tuple[dict[str, str], dict[str, str]]:
    """Give the usual type for each ending, and that of each file that has another."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    found = {one.file: dict(_lowered(one.headers))["content-type"] for one in export.found}
    for file, kind in found.items():
        kinds[file.rpartition(".")[2]][kind] += 1
    usual = {ending: counted.most_common(1)[0][0] for ending, counted in kinds.items()}
    others = {file: kind for file, kind in found.items() if kind != usual[file.rpartition(".")[2]]}
    return usual, others


def _lowered(headers: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name.lower(), value) for name, value in headers)


def _of_other_types(others: dict[str, str]) -> Iterator[str]:
    for file, kind in others.items():
        yield f"location = /{file} {{ types {{ }} default_type {_quoted(kind)}; }}"


def _of_parts_below(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        if part.below:
            yield f"location ^~ {part.address} {{ try_files /{part.file} =404; }}"


def _block(head: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{head} {{", *lines, "}", ""])


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
