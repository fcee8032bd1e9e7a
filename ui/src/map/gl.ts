/** The drawing in WebGL: MapLibre with our style. A chunk of its own, loaded when a map is shown. */
import 'maplibre-gl/dist/maplibre-gl.css';
import { type GeoJSONSource, Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Box } from './boxes';
import type { Camera, Size } from './camera';
import type { Position } from './geo';
import { icons, rasterize } from './icons';
import type { Palette } from './palette';
import { labelsOf } from './placement';
import type { Scene } from './scene';
import { labelData, mapStyle, markData, type StyleOptions, strokeData } from './style';
import type { Words } from './words';

export interface DrawOptions extends StyleOptions {
  container: HTMLElement;
  camera: Camera;
  language: string;
  words: Words;
  /** What the map shows, for those who do not see it. */
  label: string;
  /** A stroke or a mark was clicked: its id. */
  picked?: (id: string) => void;
  /** The traveller moved the map. */
  moved?: () => void;
  /** WebGL gave up. */
  lost: () => void;
}

type PaintProperty = Parameters<MapLibre['setPaintProperty']>[1];

const iconRatio = 2;
/** The closest view; the base map has no more to show. */
const closest = 11;
/** Pixels round a click within which a line is meant. */
const reach = 6;

setWorkerUrl(new URL(worker, location.href).href);

/** Whether this browser has what the drawing needs. */
export function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

/** Where the buttons and the scale stand, for labels to keep clear of. */
function controls({ width, height }: Size): Box[] {
  return [
    { left: width - 56, top: 0, right: width, bottom: 86 },
    { left: 0, top: height - 42, right: 116, bottom: height },
  ];
}

/** A map that is shown. */
export class Drawing {
  readonly #map: MapLibre;
  readonly #options: DrawOptions;
  #shown: StyleOptions;

  private constructor(map: MapLibre, options: DrawOptions) {
    this.#map = map;
    this.#options = options;
    this.#shown = options;
  }

  /** Opens a map and resolves when it has drawn everything once. */
  static open(options: DrawOptions): Promise<Drawing> {
    const { container, camera, words } = options;
    const map = new MapLibre({
      container,
      style: mapStyle(options),
      center: camera.centre,
      zoom: camera.zoom,
      maxZoom: closest,
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      locale: {
        'Map.Title': options.label,
        'CooperativeGesturesHandler.WindowsHelpText': words.useCtrl,
        'CooperativeGesturesHandler.MacHelpText': words.useCommand,
        'CooperativeGesturesHandler.MobileHelpText': words.useFingers,
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-left');
    const drawing = new Drawing(map, options);
    drawing.#drawIcons(options.palette);
    drawing.#listen();
    return new Promise((resolve, reject) => {
      map.once('style.load', () => drawing.#label());
      map.once('load', () => resolve(drawing));
      map.once('error', ({ error }) => reject(error));
    });
  }

  #listen() {
    const map = this.#map;
    const { picked, moved, lost } = this.#options;
    map.on('moveend', () => this.#label());
    map.on('resize', () => this.#label());
    map.on('movestart', (event) => {
      if (event.originalEvent) moved?.();
    });
    map.on('webglcontextlost', lost);
    if (!picked) return;
    map.on('click', ({ point }) => {
      const id = this.#near(point.x, point.y);
      if (id !== undefined) picked(id);
    });
    map.on('mousemove', ({ point }) => {
      map.getCanvas().style.cursor = this.#near(point.x, point.y) === undefined ? '' : 'pointer';
    });
  }

  /** Places the labels anew for what is now in sight. */
  #label() {
    const { base, scene } = this.#shown;
    const { lng, lat } = this.#map.getCenter();
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const view = {
      width,
      height,
      camera: { centre: [lng, lat] as Position, zoom: this.#map.getZoom() },
      reserved: controls({ width, height }),
    };
    this.#map.getSource<GeoJSONSource>('labels')?.setData(labelData(labelsOf(scene, base, view, this.#options.language)));
  }

  /** The id of what is drawn at a point, marks before strokes. */
  #near(x: number, y: number): string | undefined {
    const layers = this.#map.getStyle().layers.map((layer) => layer.id);
    const ours = ['icons', 'dots', 'labels', ...layers.filter((id) => id.startsWith('stroke-')).reverse()];
    const box: [[number, number], [number, number]] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    return this.#map.queryRenderedFeatures(box, { layers: ours })[0]?.properties.id;
  }

  #drawIcons(palette: Palette) {
    for (const [name, icon] of Object.entries(icons)) {
      const image = rasterize(icon, palette, iconRatio);
      if (this.#map.hasImage(name)) this.#map.updateImage(name, image);
      else this.#map.addImage(name, image, { pixelRatio: iconRatio });
    }
  }

  /** Shows another scene on the same ground. */
  show(scene: Scene) {
    this.#shown = { ...this.#shown, scene };
    this.#map.getSource<GeoJSONSource>('strokes')?.setData(strokeData(scene));
    this.#map.getSource<GeoJSONSource>('marks')?.setData(markData(scene));
    this.#label();
  }

  /** Takes other colours. */
  recolour(palette: Palette) {
    this.#shown = { ...this.#shown, palette };
    this.#drawIcons(palette);
    for (const layer of mapStyle(this.#shown).layers) {
      for (const [property, value] of Object.entries(layer.paint ?? {}))
        this.#map.setPaintProperty(layer.id, property as PaintProperty, value);
    }
  }

  /** Looks elsewhere; gently where the reader likes motion. */
  look(camera: Camera) {
    this.#map.easeTo({ center: camera.centre, zoom: camera.zoom, duration: 600 });
  }

  /** Looks elsewhere at once, for the drawing has another size. */
  refit(camera: Camera) {
    this.#map.resize();
    this.#map.jumpTo({ center: camera.centre, zoom: camera.zoom });
  }

  /** Looks so many zooms closer, or farther. */
  zoom(by: number) {
    this.#options.moved?.();
    this.#map.easeTo({ zoom: this.#map.getZoom() + by, duration: 300 });
  }

  close() {
    this.#map.remove();
  }
}
