import { expect, it } from 'vitest';
import { namesFor, titleOf } from '../../../../ml/data/inference/column-names.ts';
import { withoutUnit } from '../../../../ml/data/inference/units.ts';

it.each([
  ['race_ethnicity', 'race_ethnicity', 'Race ethnicity'],
  ['raceEthnicity', 'race_ethnicity', 'Race ethnicity'],
  ['SalePrice', 'sale_price', 'Sale price'],
  ['BMI', 'bmi', 'BMI'],
  ['PRICE', 'price', 'Price'],
  ['Race/Ethnicity', 'race_ethnicity', 'Race/Ethnicity'],
  ['Parental level of education', 'parental_level_of_education', 'Parental level of education'],
  ['1stFlrSF', 'column_1st_flr_sf', '1st flr SF'],
  ['größe', 'grosse', 'Größe'],
  ['Цена', 'tsena', 'Цена'],
  ['价格', 'column_1', '价格'],
  ['%', 'column_1', '%'],
])('%s is %s on the wire, and %s for people', (header, name, title) => {
  expect(namesFor([header])[0]?.name).toBe(name);
  expect(titleOf(header)).toBe(title);
});

it('names are told apart, and headers given where they are not the name', () => {
  expect(namesFor(['a b', 'A-B?', 'Größe', 'x', ''])).toEqual([
    { name: 'a_b' },
    { name: 'a_b_2', header: 'A-B?' },
    { name: 'grosse', header: 'Größe' },
    { name: 'x' },
    { name: 'column_5' },
  ]);
});

it.each([
  ['Mileage (km)', 'Mileage', 'km'],
  ['Speed [km/h]', 'Speed', 'km/h'],
  ['Cost ($)', 'Cost', '$'],
  ['price_eur', 'price', '€'],
  ['weight_kg', 'weight', 'kg'],
  ['body_mass_g', 'body_mass', 'g'],
  ['temp_c', 'temp', '°C'],
  ['weight in kg', 'weight', 'kg'],
  ['tenureMonths', 'tenure', 'months'],
  ['humidity %', 'humidity', '%'],
  ['vitamin_c', 'vitamin_c', undefined],
  ['number_of_days', 'number_of_days', undefined],
  ['hours', 'hours', undefined],
  ['Smoker (yes/no answer)', 'Smoker (yes/no answer)', undefined],
  ['Size (large)', 'Size (large)', undefined],
])('%s is %s in %s', (header, text, unit) => {
  expect(withoutUnit(header)).toEqual({ text, unit });
});

it.each(['driver_constructor', 'points (constructor)', 'constructor', 'has own property', '__proto__'])(
  'a header may be called as what every object of JavaScript has: %s',
  (header) => expect(withoutUnit(header)).toEqual({ text: header, unit: undefined }),
);
