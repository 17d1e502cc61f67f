import { Phrases, wordSet } from '../phrases.ts';

/** Words that end a street's name and are seldom anything else after a number and a name. */
export const streetTypes = wordSet(`
  street st avenue ave av road rd lane ln boulevard blvd terrace crescent cres parkway pkwy highway hwy turnpike tpke freeway expressway
  esplanade mews grove gardens gdns circle cir court ct plaza plz route rte trail trl alley aly cul-de-sac causeway promenade bypass
  strasse str gasse allee straat laan gracht plein kade gade vej gata gatan vagen veien katu utca ulica ut tee rua rue
`);
/** Words that end a street's name but are ordinary words: the name before them must not be. */
export const wordyTypes = wordSet(
  'way drive dr place pl close walk row hill rise park square sq loop run view point pass ridge cove bend path parade crossing cross quay wharf green mount vale heights hollow landing meadow meadows glen field fields gate broadway',
);
/** European compounds: Hauptstrasse 12, Keizersgracht 3. */
export const compound =
  /(?:strasse|str\.?|weg|platz|allee|gasse|ring|damm|ufer|markt|straat|laan|gracht|plein|kade|dijk|singel|gade|vej|vang|gata|gatan|gaten|vagen|veien|vegen|katu|kuja|polku|utca|tanya|stien|alle|straede)$/;
/** Street words that stand before the name: 12 rue de Rivoli, Via Roma 3, calle Mayor 5, ul. Długa 7. */
export const leadingTypes = wordSet(
  'rue via viale piazza corso calle carrer avenida avenue plaza paseo rua praca largo travessa ul ulica aleja al boulevard bulevar chemin allee impasse quai place strada vicolo camino carretera el los las jalan jl lorong el los las jalan jl lorong calle cami via',
);
export const units = wordSet(
  'apt apartment unit suite ste flat floor fl room rm building bldg block tower level lot apto appartement wohnung piso studio',
);
export const directions = wordSet(
  'north south east west northeast northwest southeast southwest n s e w ne nw se sw',
);
export const states = wordSet(`
  al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc
  nsw vic qld act tas nt ab bc mb nb nl ns on pe qc sk yt uk usa us gb nz
`);
/** Words that no street's name holds. */
export const sentence = wordSet(`
  is are was were be been i you he she we they it that this these those and or but if so because then than when where what who how why which
  to for with from by about into over after before at as my your his her our their have has had do does did can could will would should may
  might must not no yes okay just very really get got go went come take make made see know think say said people thing things
  minute minutes hour hours day days week weeks month months year years percent dollars dollar times second seconds hundred thousand million
  more less most least other another same different every each all some any many much few lot also only even still there here now
  way's one-way two-way a an in on of out up down off per plus
`);
export const residence = new Phrases<true>().add(
  [
    'live at',
    'lives at',
    'lived at',
    'living at',
    'live on',
    'lives on',
    'address is',
    'address was',
    'address',
    'reside at',
    'resides at',
    'residing at',
    'ship to',
    'shipped to',
    'deliver to',
    'delivered to',
    'send it to',
    'mail it to',
    'moved to',
    'located at',
    'house at',
    'office at',
    'based at',
    'stay at',
    'staying at',
    'home at',
    'apartment at',
    'delivery to',
    'going to',
    'come to',
    'pick up at',
    'at number',
    'over at',
    "we're at",
    "i'm at",
    'wohne in',
    'home is',
    'house is',
    'place at',
    'property at',
  ],
  true,
);
