/** Titles of the events that are spread over the months, by calendar; "title | place". */
export const titles: Readonly<Record<string, readonly string[]>> = {
  Work: lines(`
    Roadmap review
    Sprint planning | Room Alder
    Vendor call
    Quarterly numbers
    Interview: front end | Room Birch
    Support rotation
    Security drill
    Pricing workshop | Room Alder
    Usability test | Lab 2
    Incident review
    Contract check
    Brand refresh
    Hiring round
    Data clean-up
    Partner demo | Room Cedar
    Release rehearsal
    One-on-one with Priya
    Team retrospective | Room Birch
    Onboarding session
    All-hands | Main hall`),
  Family: lines(`
    Piano lesson | Harmony Studio
    Soccer practice | Field 4
    Grandma visits
    School concert | Lincoln Auditorium
    Swimming | North Pool
    Board games
    Picnic | Dolores Park
    Vet appointment | Paws Clinic
    Carpool duty
    Pancake breakfast
    Aquarium trip | Pier 39
    Homework hour
    Parent council
    Baking afternoon
    Haircuts | Corner Barber
    Movie night`),
  Personal: lines(`
    Morning run | Crissy Field
    Dentist | Dr. Lam
    Pottery class | Clay House
    Library hour
    Spanish lesson
    Yoga | Studio Nine
    Bike repair | Wheelhouse
    Photo walk | Presidio
    Bank appointment
    Choir rehearsal | St. Mark's
    Meal prep
    Video call with Ana
    Car service | Mission Garage
    Book club`),
};

/** Events of the week that pages open with, and whole days: title, calendar, start, end, place. */
export const fixed: readonly string[] = lines(`
  Planning hour | Work | 2024-07-15T09:00 | 2024-07-15T10:00 | Room Cedar
  Eye test | Personal | 2024-07-15T11:00 | 2024-07-15T11:45 | Dr. Osei
  Piano lesson | Family | 2024-07-15T18:00 | 2024-07-15T19:00 | Harmony Studio
  Design critique | Work | 2024-07-16T09:30 | 2024-07-16T10:30 | Room Birch
  Lunch with Marta | Personal | 2024-07-16T12:00 | 2024-07-16T13:00 | Noodle Bar
  Soccer practice | Family | 2024-07-16T18:00 | 2024-07-16T19:30 | Field 4
  Project Sync | Work | 2024-07-17T10:00 | 2024-07-17T11:00 | Room Alder
  Budget walk-through | Work | 2024-07-17T11:30 | 2024-07-17T12:30
  Dinner with Friends | Personal | 2024-07-17T19:30 | 2024-07-17T21:00 | Green Table
  Reading Time | Personal | 2024-07-17T22:00 | 2024-07-17T23:00
  Morning Coffee with Sister | Family | 2024-07-18T09:00 | 2024-07-18T10:00 | Café Luna
  Team Check-In | Work | 2024-07-18T11:00 | 2024-07-18T12:00 | Room Cedar
  School board call | Family | 2024-07-18T18:00 | 2024-07-18T19:00
  Breakfast Meeting with Client | Work | 2024-07-19T10:00 | 2024-07-19T11:00 | Hotel Bayview
  Release notes | Work | 2024-07-19T11:30 | 2024-07-19T12:30
  Movie night | Family | 2024-07-19T19:00 | 2024-07-19T21:30
  Farmers market | Personal | 2024-07-20T09:00 | 2024-07-20T11:00 | Ferry Plaza
  Release freeze | Work | 2024-07-19T00:00 | 2024-07-19T00:00
  Conference | Work | 2024-07-30T00:00 | 2024-07-31T00:00 | Portland
  Family camping | Family | 2024-08-10T00:00 | 2024-08-11T00:00 | Lake Sonoma`);

/** Tasks: title, list, day it is due, "done" where it is. */
export const todos: readonly string[] = lines(`
  Send the agenda | Work | 2024-07-16 | done
  Book flights to Portland | Work | 2024-07-19
  Update the hiring plan | Work | 2024-07-24
  Review the style guide | Work | 2024-08-02
  Renew the library card | Personal | 2024-07-18
  Call the landlord | Personal | 2024-07-23
  Back up the photos | Personal | 2024-08-05
  Sign the camp form | Family | 2024-07-17 | done
  Order birthday candles | Family | 2024-07-26
  Sort the winter clothes | Family | 2024-09-14
  Oat milk and eggs | Shopping | 2024-07-18
  New bike light | Shopping | 2024-07-25
  Printer paper | Shopping | 2024-08-01`);

function lines(text: string): string[] {
  return text.trim().split("\n").map((line) => line.trim());
}
