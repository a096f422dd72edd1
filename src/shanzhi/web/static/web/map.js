// A map of our own outlines and points. Without WebGL, or when anything fails, the drawn picture below stays.
// data-lib, data-worker, data-css: where the map program lies; data-geojson: what is shown; data-tiles: what lies
// under it; data-extent: the county; data-pick: the form whose two numbers a tap fills in.

const box = document.getElementById("map");
const ink = getComputedStyle(document.documentElement);
const colour = (name, or) => ink.getPropertyValue(name).trim() || or;

function style(tiles) {
  const layers = [{ id: "ground", type: "background", paint: { "background-color": colour("--ground", "#f4f6f7") } }];
  const sources = {};
  (tiles ? tiles.tiles : []).forEach((address, at) => {
    sources[`tiles${at}`] = { type: "raster", tiles: [address], tileSize: 256, maxzoom: tiles.maxzoom,
      attribution: at ? "" : tiles.attribution };
    layers.push({ id: `tiles${at}`, type: "raster", source: `tiles${at}` });
  });
  return { version: 8, sources, layers };
}

function* corners(nested) {
  if (typeof nested[0] === "number") yield nested;
  else for (const each of nested) yield* corners(each);
}

function bounds(features, extent) {
  const all = features.flatMap((each) => [...corners(each.geometry.coordinates)]);
  if (!all.length) return [[extent[0], extent[1]], [extent[2], extent[3]]];
  const east = all.map((each) => each[0]), north = all.map((each) => each[1]);
  const wide = 0.003;
  return [[Math.min(...east) - wide, Math.min(...north) - wide], [Math.max(...east) + wide, Math.max(...north) + wide]];
}

// Names are HTML over the map: no server of letter shapes is asked. A county shows its townships, a village its hamlets.
function label(lib, map, feature) {
  const mark = document.createElement("span");
  mark.className = "map-label";
  mark.textContent = feature.properties.name;
  const points = [...corners(feature.geometry.coordinates)];
  const middle = [0, 1].map((at) => points.reduce((sum, each) => sum + each[at], 0) / points.length);
  new lib.Marker({ element: mark, anchor: "bottom", offset: [0, -8] }).setLngLat(middle).addTo(map);
}

function draw(map, data) {
  map.addSource("own", { type: "geojson", data });
  map.addLayer({ id: "areas", type: "fill", source: "own", filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": colour("--brand", "#14586b"), "fill-opacity": 0.06 } });
  map.addLayer({ id: "edges", type: "line", source: "own", filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "line-color": colour("--brand", "#14586b"), "line-width": ["match", ["get", "kind"], "county", 3, "township", 2, 1] } });
  for (const [kind, size, name, or] of [["household", 4, "--ink-soft", "#51606b"], ["hamlet", 7, "--warn", "#7a4b00"]]) {
    map.addLayer({ id: kind, type: "circle", source: "own", filter: ["==", ["get", "kind"], kind],
      paint: { "circle-radius": size, "circle-color": colour(name, or), "circle-stroke-width": 1, "circle-stroke-color": "#fff" } });
  }
}

function follow(lib, map, layer, told) {
  map.on("click", layer, (event) => {
    const feature = event.features.find((each) => told(each.properties));
    if (!feature) return;
    const link = document.createElement("a");
    [link.href, link.textContent] = told(feature.properties);
    new lib.Popup().setLngLat(event.lngLat).setDOMContent(link).addTo(map);
  });
}

function pick(lib, map, tiles) {
  const [east, north, datum] = ["longitude", "latitude", "datum"].map((name) => document.getElementById(`id_${name}`));
  const mark = new lib.Marker();
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => {
    east.value = lngLat.lng.toFixed(6);
    north.value = lngLat.lat.toFixed(6);
    datum.value = tiles ? tiles.datum : "wgs84";
    mark.setLngLat(lngLat).addTo(map);
  });
}

async function start() {
  const tiles = box.dataset.tiles ? JSON.parse(box.dataset.tiles) : null;
  const [lib, answer] = await Promise.all([import(box.dataset.lib), fetch(box.dataset.geojson)]);
  const data = await answer.json();
  lib.setWorkerUrl(box.dataset.worker);
  box.hidden = false;
  const map = new lib.Map({ container: box, style: style(tiles), attributionControl: tiles ? {} : false, dragRotate: false,
    bounds: bounds(data.features, box.dataset.extent.split(",").map(Number)), fitBoundsOptions: { padding: 24 } });
  map.addControl(new lib.NavigationControl({ showCompass: false }));
  map.addControl(new lib.ScaleControl());
  await new Promise((done) => map.once("load", done));
  draw(map, data);
  const named = data.features.some((each) => each.properties.kind === "township") ? "township" : "hamlet";
  data.features.filter((each) => each.properties.kind === named).forEach((each) => label(lib, map, each));
  if (box.dataset.pick) pick(lib, map, tiles);
  else {
    follow(lib, map, "areas", ({ url, name }) => url && [url, name]);
    follow(lib, map, "household", ({ number, group, key }) =>
      [box.dataset.household.replace("KEY", key), `${box.dataset.word} ${group} ${number}`]);
  }
  document.getElementById("sketch")?.setAttribute("hidden", "");
}

start().catch(() => { box.hidden = true; });
