import type { Label } from '../../transcript/schema.ts';
import { type PhraseMatch, Phrases, phraseList, wordSet } from '../phrases.ts';
import type { Run } from '../runs.ts';
import type { Token } from '../tokens.ts';

/** What words beside a number or code say it is, and how many characters such a value has. */
export interface Cue {
  readonly label: Label;
  readonly rule: string;
  readonly least: number;
  readonly most: number;
}

/** Words that name a kind of number. */
const named = new Phrases<Cue>()
  .add(
    phraseList(`
      phone, telephone, mobile, cell, cellphone, landline, fax, tel, whatsapp, whats app, hotline, helpline, pager, voicemail, phone number,
      cell number, mobile number, contact number, work number, home number, fax number, callback number, call back number, telefon,
      handy, telefonnummer, numero de telefono, phone's, cell's, mobile's, mob`),
    { label: 'PHONE', rule: 'number after a phone word', least: 5, most: 16 },
  )
  .add(phraseList('extension, ext, x'), { label: 'PHONE', rule: 'extension', least: 2, most: 6 })
  .add(phraseList('area code, country code, dialling code, dialing code'), {
    label: 'PHONE',
    rule: 'area code',
    least: 2,
    most: 16,
  })
  .add(
    phraseList(`
      card, credit card, debit card, card number, visa, mastercard, master card, amex, american express, discover, maestro, card ending,
      ending in, ends in, ending with, diners, cc number, card details, credit card number, debit card number, last four, last four digits, long number`),
    { label: 'CARD', rule: 'number after a card word', least: 4, most: 23 },
  )
  .add(
    phraseList(`
      cvv, cvc, cvv2, c v v, c v c, security code, csc, card verification, on the back, on the front, three digits, back of the card, back of your card`),
    {
      label: 'CREDENTIAL',
      rule: 'card verification code',
      least: 3,
      most: 8,
    },
  )
  .add(
    phraseList(`
      account, account number, acct, account no, a c, bank account, bank account number, routing, routing number, routing transit, aba, sort code,
      bsb, iban, i b a n, swift, bic, ifsc, swift code, bic code, ifsc code, checking account, savings account, current account, transit number,
      institution number, clabe, kontonummer, blz, bank details, wire transfer, bank code, sort code's, sortcode, account ends in, account ending in, account ending, iban's, bankleitzahl,
      account's, bsb number, rib, giro, i f s c, b s b, beneficiary account`),
    { label: 'BANK', rule: 'number after a bank word', least: 4, most: 34 },
  )
  .add(
    phraseList(`
      ssn, social, social security, social security number, s s n, national insurance, national insurance number, ni number, nino, nhs, nhs number,
      sin, social insurance, social insurance number, tfn, tax file, tax file number, medicare, medicaid, medicare number, aadhaar, aadhar, adhaar,
      aadhaar number, pan, pan card, pan number, passport, passport number, licence, license, driver's licence, driver's license, drivers license,
      drivers licence, driver licence, driver license, driving licence, driving license, licence number, license number, identity card, id card, id number,
      identification number, id, i d, employee, employee number, employee id, staff number, staff id, badge, badge number, payroll, payroll number,
      patient, patient number, patient id, mrn, m r n, medical record, medical record number, record number, hospital number, case, case number,
      case id, claim, claim number, policy, policy number, order, order number, order id, booking, booking reference, booking number, confirmation,
      confirmation number, confirmation code, reservation, reservation number, reservation code, customer, customer number, customer id, customer reference,
      client number, client id, member, member number, member id, membership, membership number, reference, reference number, reference code, ref,
      ref number, tracking, tracking number, tracking code, invoice, invoice number, ticket, ticket number, serial, serial number, imei, vin, v i n, plate,
      plates, license plate, licence plate, number plate, plate number, registration, registration number, rego, reg, vat, vat number, vat id, tax id,
      tin, ein, itin, npi, dea, insurance, insurance number, insurance id, group number, subscriber, subscriber id, student, student id, student number,
      prescription, prescription number, rx, chart number, file number, docket, docket number, permit, permit number, visa number, green card,
      alien number, bsn, cpf, cnpj, nif, nie, dni, codice fiscale, personnummer, pesel, voter, voter id, loyalty, loyalty number, frequent flyer,
      frequent flyer number, pps, pps number, ppsn, siret, siren, device id, personal number, flight number, account reference, steuernummer, ausweis,
      health card, health card number, health insurance, abn, a b n, acn, crn, n i number, t f n, p a n, ohip, ohip number, care card, cpr,
      cpr number, ausweisnummer, personalausweis, reisepass, reisepassnummer, steuer id, steueridentifikationsnummer, sozialversicherungsnummer,
      securite sociale, numero fiscal, partita iva, tessera sanitaria, burgerservicenummer, b s n, rijksregisternummer, national number,
      national register number, national id, national id number, amka, afm, cnp, oib, emso, isikukood, henkilotunnus, kennitala,
      fodselsnummer, birth number, rodne cislo, egn, p p s, p p s number, residence permit, residence permit number, enrolment number,
      enrollment number, provider number, dl, dl number, centrelink, voter card, ration card, uan, gstin, gst number, ihi, concession card,
      hospital id, chi number, utr, unique taxpayer reference, tax reference, aadhaar card, aadhar card, adhar, adhar card, social's,
      of my social, of your social, of her social, of his social, meeting id, conference id, user number, application number, shipment, parcel, certificate number`),
    { label: 'ID_NUMBER', rule: 'number after an identifier word', least: 4, most: 34 },
  )
  .add(
    phraseList(`
      pin, pin code, pin number, passcode, pass code, password, otp, o t p, one time code, one-time code, one time password, one-time password,
      one time passcode, verification code, verification number, access code, entry code, door code, gate code, alarm code, security pin, login code, auth code,
      authentication code, authorization code, two factor code, unlock code, lock code, sms code, combination, safe code, activation code, recovery code,
      backup code, token, key code, secret code, confirmation pin, buzzer code, two factor, digit code, code they texted me, texted me, code they sent, garage code, voicemail pin, atm pin, security number`),
    { label: 'CREDENTIAL', rule: 'code after a credential word', least: 3, most: 34 },
  )
  .add(phraseList('zip, zip code, zipcode, postcode, post code, postal code, plz, postleitzahl, eircode'), {
    label: 'ADDRESS',
    rule: 'postal code',
    least: 4,
    most: 9,
  })
  .add(
    phraseList(`house number, street number, apartment number, flat number, unit number, building number, your address, my address, her address,
      his address, address is, address was, street address, home address, mailing address`),
    { label: 'ADDRESS', rule: 'house number', least: 3, most: 6 },
  );

/** Words that tell that a number follows, but not which; they count where none of the words above is near. */
const unnamed = new Phrases<Cue>()
  .add(
    phraseList(`
      call, text, dial, ring, reach me, reach him, reach her, reach us, contact, call me, calling from, my number, number is, number's, his number,
      her number, their number, number at, our number, your number, number, reached at, reach me at, back at, signal`),
    { label: 'PHONE', rule: 'number after a calling word', least: 6, most: 16 },
  )
  .add(phraseList('code, code is, the code'), {
    label: 'CREDENTIAL',
    rule: 'code after a credential word',
    least: 4,
    most: 12,
  });

const things = wordSet(
  'bus train tram flight room route platform gate page question channel episode chapter slide highway road track line bay aisle lane',
);

/** "Bus number three hundred ninety six": such a number tells nobody's telephone. */
function countsThings(tokens: readonly Token[], { from, to, value }: PhraseMatch<Cue>): boolean {
  return (
    value.label === 'PHONE' && tokens[to - 1]!.key === 'number' && things.has(tokens[from - 1]?.key ?? '')
  );
}

/**
 * What the words around a run say of it: the nearest word before it that names a kind of number, a
 * name after it ("... is my social"), or a word that only tells that a number follows.
 * A sentence that ended since the word before takes a short value out of its reach, unless it was a question.
 */
export function cueAround(
  tokens: readonly Token[],
  { from, to, text, longest, repaired }: Run,
): Cue | undefined {
  const { length } = text;
  const fits = (cue: Cue) => longest >= cue.least && (length <= cue.most || repaired);
  for (const cues of [named, unnamed]) {
    const before = cues.before(tokens, from, cues === named ? 9 : 4);
    if (before && fits(before.value) && !countsThings(tokens, before)) {
      // A question reaches its answer, whoever gives it.
      const ended = tokens.slice(before.to - 1, from).some((token) => /[.!]$/.test(token.after));
      // "the order backlog of 2021": a bare noun reaches a short value only when it stands close to it.
      const bare = before.to - before.from === 1 && before.value.label === 'ID_NUMBER';
      const year = /^(?:19|20)\d\d$/.test(tokens[from]!.key) && to - from === 1;
      if ((!ended || length >= 5) && !(bare && length < 6 && from - before.to > (year ? 1 : 4)))
        return before.value;
    }
    if (cues === named && /^(?:is|that|was|for)$/.test(tokens[to]?.key ?? '')) {
      const after = cues.after(tokens, to + 1, 3);
      if (after && fits(after.value)) return after.value;
    }
  }
  return undefined;
}
