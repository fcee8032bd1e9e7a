/** The few words the maps say themselves; names of places and reasons come from the server in the same language. */
export type Language = 'en' | 'ru' | 'ko' | 'zh';

export interface Words {
  map: string;
  journeyMap(from: string, to: string): string;
  networkMap(date: string): string;
  stops: string;
  allCalls(count: number): string;
  wholeWay: string;
  kinds: { end: string; border: string; gauge: string; change: string; stand: string; terminus: string; call: string };
  gauge(fromMm: number, toMm: number): string;
  legend: { rail: string; railAlternate: string; air: string; foot: string; other: string; suspended: string; none: string };
  baseMap: string;
  zoomIn: string;
  zoomOut: string;
  useCtrl: string;
  useCommand: string;
  useFingers: string;
  drawnWithoutWebGl: string;
  date: string;
  previousChange: string;
  nextChange: string;
  noEarlierChange: string;
  noLaterChange: string;
  changed(since: string): string;
  nothingChanged(since: string): string;
  opened: string;
  closed: string;
  ended: string;
  suspendedOn(date: string): string;
  nothingSuspended: string;
  since(date: string): string;
  until(date: string): string;
  noEnd: string;
  loading: string;
  failed: string;
  again: string;
  running(count: number): string;
}

const en: Words = {
  map: 'Map',
  journeyMap: (from, to) => `Map of the journey from ${from} to ${to}`,
  networkMap: (date) => `Map of the network on ${date}`,
  stops: 'Places on the map',
  allCalls: (count) => `All ${count} calls`,
  wholeWay: 'The whole way',
  kinds: {
    end: 'start or end',
    border: 'border',
    gauge: 'change of gauge',
    change: 'change',
    stand: 'the carriage changes trains',
    terminus: 'a service ends here',
    call: 'call',
  },
  gauge: (from, to) => `gauge ${from} → ${to} mm`,
  legend: {
    rail: 'train',
    railAlternate: 'next train of the same carriage',
    air: 'flight',
    foot: 'transfer',
    other: 'road or ship',
    suspended: 'suspended',
    none: 'no run that week',
  },
  baseMap: 'Base map: Natural Earth',
  zoomIn: 'Closer',
  zoomOut: 'Farther',
  useCtrl: 'Hold Ctrl and scroll to zoom the map',
  useCommand: 'Hold ⌘ and scroll to zoom the map',
  useFingers: 'Move the map with two fingers',
  drawnWithoutWebGl: 'This browser has no WebGL: the map is a drawing that cannot be moved.',
  date: 'Date',
  previousChange: 'Previous change',
  nextChange: 'Next change',
  noEarlierChange: 'No earlier change is known',
  noLaterChange: 'No later change is known',
  changed: (since) => `Changed since ${since}`,
  nothingChanged: (since) => `Nothing changed since ${since}`,
  opened: 'runs',
  closed: 'suspended',
  ended: 'no run that week',
  suspendedOn: (date) => `Suspended on ${date}`,
  nothingSuspended: 'Nothing is known to be suspended.',
  since: (date) => `since ${date}`,
  until: (date) => `until ${date}`,
  noEnd: 'no date of return published',
  loading: 'Loading …',
  failed: 'The server gave no network for this date.',
  again: 'Try again',
  running: (count) => (count === 1 ? '1 service runs' : `${count} services run`),
};

const ru: Words = {
  map: 'Карта',
  journeyMap: (from, to) => `Карта поездки: ${from} — ${to}`,
  networkMap: (date) => `Карта сети: ${date}`,
  stops: 'Места на карте',
  allCalls: (count) => `Все остановки: ${count}`,
  wholeWay: 'Весь путь',
  kinds: {
    end: 'начало или конец',
    border: 'граница',
    gauge: 'смена колеи',
    change: 'пересадка',
    stand: 'перецепка вагона',
    terminus: 'конечная станция',
    call: 'остановка',
  },
  gauge: (from, to) => `колея ${from} → ${to} мм`,
  legend: {
    rail: 'поезд',
    railAlternate: 'следующий поезд того же вагона',
    air: 'самолёт',
    foot: 'переход или переезд',
    other: 'дорога или судно',
    suspended: 'приостановлено',
    none: 'на этой неделе не ходит',
  },
  baseMap: 'Основа карты: Natural Earth',
  zoomIn: 'Ближе',
  zoomOut: 'Дальше',
  useCtrl: 'Чтобы изменить масштаб, прокручивайте с нажатой клавишей Ctrl',
  useCommand: 'Чтобы изменить масштаб, прокручивайте с нажатой клавишей ⌘',
  useFingers: 'Двигайте карту двумя пальцами',
  drawnWithoutWebGl: 'В этом браузере нет WebGL: карта показана рисунком, который нельзя двигать.',
  date: 'Дата',
  previousChange: 'Предыдущее изменение',
  nextChange: 'Следующее изменение',
  noEarlierChange: 'Более ранние изменения неизвестны',
  noLaterChange: 'Более поздние изменения неизвестны',
  changed: (since) => `Изменилось по сравнению с датой ${since}`,
  nothingChanged: (since) => `Ничего не изменилось по сравнению с датой ${since}`,
  opened: 'действует',
  closed: 'приостановлено',
  ended: 'на этой неделе не ходит',
  suspendedOn: (date) => `Приостановлено на ${date}`,
  nothingSuspended: 'О приостановках ничего не известно.',
  since: (date) => `начало: ${date}`,
  until: (date) => `последний день: ${date}`,
  noEnd: 'дата возобновления не опубликована',
  loading: 'Загрузка…',
  failed: 'Сервер не дал сети на эту дату.',
  again: 'Повторить',
  running: (count) => `Действует маршрутов: ${count}`,
};

const ko: Words = {
  map: '지도',
  journeyMap: (from, to) => `${from} → ${to} 여정 지도`,
  networkMap: (date) => `${date} 노선망 지도`,
  stops: '지도의 장소',
  allCalls: (count) => `모든 정차역 ${count}곳`,
  wholeWay: '전체 경로',
  kinds: {
    end: '출발 또는 도착',
    border: '국경',
    gauge: '궤간 변경',
    change: '환승',
    stand: '객차가 다른 열차로 옮겨짐',
    terminus: '종착역',
    call: '정차역',
  },
  gauge: (from, to) => `궤간 ${from} → ${to} mm`,
  legend: {
    rail: '열차',
    railAlternate: '같은 객차의 다음 열차',
    air: '항공편',
    foot: '이동',
    other: '도로 또는 선박',
    suspended: '운행 중단',
    none: '그 주 운행 없음',
  },
  baseMap: '바탕 지도: Natural Earth',
  zoomIn: '확대',
  zoomOut: '축소',
  useCtrl: 'Ctrl 키를 누른 채 스크롤하면 지도가 확대됩니다',
  useCommand: '⌘ 키를 누른 채 스크롤하면 지도가 확대됩니다',
  useFingers: '두 손가락으로 지도를 움직이세요',
  drawnWithoutWebGl: '이 브라우저에는 WebGL이 없어 움직일 수 없는 그림으로 지도를 보여 줍니다.',
  date: '날짜',
  previousChange: '이전 변경',
  nextChange: '다음 변경',
  noEarlierChange: '알려진 이전 변경 없음',
  noLaterChange: '알려진 이후 변경 없음',
  changed: (since) => `${since} 이후 바뀐 것`,
  nothingChanged: (since) => `${since} 이후 바뀐 것 없음`,
  opened: '운행',
  closed: '운행 중단',
  ended: '그 주 운행 없음',
  suspendedOn: (date) => `${date} 운행 중단`,
  nothingSuspended: '알려진 운행 중단이 없습니다.',
  since: (date) => `${date}부터`,
  until: (date) => `${date}까지`,
  noEnd: '재개 날짜 미공표',
  loading: '불러오는 중…',
  failed: '서버가 이 날짜의 노선망을 주지 않았습니다.',
  again: '다시 시도',
  running: (count) => `운행 노선 ${count}개`,
};

const zh: Words = {
  map: '地图',
  journeyMap: (from, to) => `${from} → ${to} 行程地图`,
  networkMap: (date) => `${date} 线网地图`,
  stops: '地图上的地点',
  allCalls: (count) => `全部 ${count} 个停靠站`,
  wholeWay: '全程',
  kinds: { end: '起点或终点', border: '边境', gauge: '换轨距', change: '换乘', stand: '车厢换挂列车', terminus: '终点站', call: '停靠站' },
  gauge: (from, to) => `轨距 ${from} → ${to} 毫米`,
  legend: {
    rail: '列车',
    railAlternate: '同一车厢的下一列车',
    air: '航班',
    foot: '接驳',
    other: '公路或船',
    suspended: '停运',
    none: '该周无班次',
  },
  baseMap: '底图：Natural Earth',
  zoomIn: '放大',
  zoomOut: '缩小',
  useCtrl: '按住 Ctrl 并滚动可缩放地图',
  useCommand: '按住 ⌘ 并滚动可缩放地图',
  useFingers: '用两根手指移动地图',
  drawnWithoutWebGl: '此浏览器没有 WebGL：地图以不可移动的图形显示。',
  date: '日期',
  previousChange: '上一次变化',
  nextChange: '下一次变化',
  noEarlierChange: '没有已知的更早变化',
  noLaterChange: '没有已知的更晚变化',
  changed: (since) => `自 ${since} 以来的变化`,
  nothingChanged: (since) => `自 ${since} 以来没有变化`,
  opened: '运行',
  closed: '停运',
  ended: '该周无班次',
  suspendedOn: (date) => `${date} 停运`,
  nothingSuspended: '没有已知的停运。',
  since: (date) => `自 ${date} 起`,
  until: (date) => `至 ${date}`,
  noEnd: '恢复日期未公布',
  loading: '加载中…',
  failed: '服务器没有给出该日期的线网。',
  again: '重试',
  running: (count) => `运行线路 ${count} 条`,
};

const all: Record<Language, Words> = { en, ru, ko, zh };

/** The words of a language; English for one that has none. */
export function wordsIn(language: string): Words {
  return all[language as Language] ?? en;
}
