/**
 * The seed mailbox as text, newest first; over 250 lines because it is data.
 * Block: `id | from | address | subject | date time | flags`, then one paragraph a line; `file:NAME` is an attachment. Two blank lines part blocks.
 */
export const mailboxText = `
53 | Harbor Bank | statements@harborbank.example | Your bank statement is ready | 2024-09-02 09:15 AM | unread starred file:statement-august.pdf
Your statement for the last period can now be viewed online.
Opening balance, closing balance and every transaction are listed in the attached summary. Please review it within 60 days.


47 | Tom Becker | tom.becker@example.com | Slides for this afternoon | 2024-07-18 08:41 AM | starred file:roadmap-slides.pdf
I moved the roadmap to slide three and cut the appendix, so we should fit into twenty minutes.
Have a look before two if you can. I will bring the adapter for the projector.


46 | Priya Raman | priya.raman@example.com | Can you cover the stand-up today? | 2024-07-18 08:05 AM | unread
My train is late and I will not be in before half past ten.
The board is up to date; only the export ticket needs a short word from you. Thank you!


48 | Uber | receipts@uber.example | Your Thursday morning trip | 2024-07-18 07:32 AM | unread receipt
Thanks for riding, Fede. Total: $18.40.
Trip from Valencia Street to Market Street, 11 minutes. The fare was charged to your card ending in 4821.


2 | Jane Smith | jane.smith@example.com | Project update: deadline extended | 2024-07-17 04:50 PM | starred work team
Good news: the client agreed to move our delivery date by two weeks, to the second of August.
Please adjust your plans and tell me by Friday whether the new dates work for your part. Also think about what we could still polish.


49 | Laura Ortiz | laura.ortiz@example.com | Photos from the lake | 2024-07-17 01:22 PM | starred file:lake-01.jpg
I finally sorted the pictures from our weekend at the lake. The one with the canoe is my favorite.
Shall I print a few for your parents as well?


4 | Notifications | notifications@taskboard.example | You were assigned to "Billing export" | 2024-07-17 10:03 AM | unread
Kevin Moore assigned you a card on the board Platform.
Due date: 24 July. Reply on the card to ask questions.


1 | John Doe | john.doe@example.com | Recap of the Monday meeting | 2024-07-16 05:37 PM | team
Thanks for joining. In short: we keep the pilot small, Carol owns the test plan, and Kevin talks to the vendor.
Next meeting is on Monday at ten. Send me anything I forgot.


16 | GitHub | updates@github.example | [orchard/api] Pull request merged: retry limits | 2024-07-16 02:11 PM | starred
Your pull request was merged into main.
2 commits, 14 files changed. The branch can be deleted now.


12 | No Reply | no-reply@cityparking.example | Parking permit renewal received | 2024-07-16 09:48 AM | unread
We received the renewal of your residential parking permit.
Processing takes up to ten working days. You may keep parking with the old permit until then.


20 | Events | events@meetloop.example | Tickets for the open air cinema | 2024-07-15 06:30 PM | unread
The summer program starts this week with three classics under the sky.
Seats are limited. Bring a blanket, and arrive before sunset.


10 | Newsletter | newsletter@breadweekly.example | Five loaves for a busy week | 2024-07-15 07:00 AM | starred
This week: overnight rye, a no-knead classic, and what to do with leftover starter.
Reader Ines from Porto shares her trick for a crackling crust.


7 | Amazon | orders@amazon.example | Shipped: desk lamp and two bulbs | 2024-07-14 03:20 PM | receipt
Your parcel is on its way and should arrive on Tuesday between noon and four.
You can follow it in your orders. Returns are free within 30 days.


9 | Support | support@cloudnest.example | Ticket 2271: upload fails at 99 % | 2024-07-14 11:05 AM | unread
We could reproduce the problem with files over two gigabytes.
A fix is being tested. Until then, please split large archives.


34 | Noreply | noreply@transit.example | Your monthly pass renews soon | 2024-07-13 08:00 AM |
Your pass for zones 1 and 2 renews on the first of August.
To change or stop it, open the ticket section before the end of the month.


22 | AWS | billing@aws.example | Your AWS bill for June | 2024-07-12 06:12 AM | file:invoice-june.pdf
The total for June is $42.17, four dollars below the month before.
Storage makes up most of it. The invoice is in the billing console.


28 | No Reply | no-reply@amazon.example | Amazon: rate your recent purchase | 2024-07-11 04:44 PM | starred
How do you like your travel kettle? Tell other shoppers in a few words.
Your rating helps others choose.


6 | Notifications | notifications@calendarly.example | Reminder: dentist on Friday | 2024-07-11 09:00 AM | starred
Dr. Hale expects you on Friday at 3:15 PM.
Please call a day ahead if you need to change the time.


33 | Newsletter | newsletter@trailnotes.example | Three ridge walks close to the city | 2024-07-10 07:00 AM | unread
Fog in the morning, views by noon: our favorite walks for July.
All of them can be reached by bus.


37 | GitHub | security@github.example | [orchard/api] A dependency needs an update | 2024-07-09 10:26 PM | starred
One package in your lockfile has a known weakness of moderate severity.
A patched version is available. Review the suggested change.


13 | Support | support@fieldphone.example | Your new SIM card is active | 2024-07-09 01:15 PM |
Your number has moved to the new card, and the old one stopped working.
Restart the phone once if you see no signal.


15 | No Reply | no-reply@polls.example | Results of the lunch poll | 2024-07-08 12:30 PM |
Nine people voted: tacos 5, ramen 3, salad 1.
The poll is closed now. Thanks for taking part.


31 | Events | events@cityrun.example | Your start number for the bay run | 2024-07-08 09:10 AM | starred
You start with number 1184 in the second wave at 8:40 AM.
Pick up your bib at the ferry building on the day before.


14 | Noreply | noreply@leaseport.example | Your lease document was signed | 2024-07-07 05:02 PM | starred file:lease-extension.pdf
All parties have signed the extension of your lease.
A copy is kept in your account for seven years.


41 | Support | support@roomplan.example | How did we do? | 2024-07-07 11:41 AM | unread
You talked to Mira about exporting floor plans.
One click is enough to tell us how it went.


18 | Newsletter | newsletter@typeandink.example | The return of the slab serif | 2024-07-06 07:00 AM | unread
Why heavy letters are back on posters, and four free ones to try.
Plus: an interview with a sign painter from Leeds.


5 | Notifications | notifications@photovault.example | 3 people commented on your album | 2024-07-05 08:19 PM |
Laura, Tom and Angela wrote comments on "Spring in Lisbon".
Open the album to read and answer them.


21 | No Reply | no-reply@airquay.example | Your boarding pass to Seattle | 2024-07-05 10:00 AM | starred
Seat 14C, gate opens at 6:25 AM. Bring a photo ID.
Cabin bags must fit under the seat in front of you.


19 | Support | support@ledgerly.example | Invoice template restored | 2024-07-04 03:33 PM |
Your deleted template is back in the folder Templates.
We keep deleted items for thirty days, so nothing was lost.


27 | Events | events@makerhall.example | Open workshop: fix your bike | 2024-07-03 05:30 PM | unread
Tools, stands and two mechanics are there from six to nine.
Entry is free; parts are sold at cost.


51 | Alerts | alerts@gridwatch.example | Planned power cut on your street | 2024-07-02 02:00 PM | unread
Power will be off on Wednesday between 9 AM and 11 AM for work on the line.
Text messages with alerts follow if the time changes.


3 | Noreply | notifications@github.example | [GitHub] New sign-in from a laptop | 2024-07-01 09:27 AM |
Someone signed in to your account from San Francisco.
If this was you, there is nothing to do.


24 | No Reply | no-reply@waterworks.example | Meter reading due | 2024-06-30 08:00 AM | unread
Please send the reading of your water meter by the tenth.
A photo of the dial is enough.


26 | Support | support@cloudnest.example | Ticket 2198 was closed | 2024-06-29 04:12 PM | starred
You told us that syncing works again, so we closed this ticket.
Answer within a week to open it again.


25 | Newsletter | newsletter@stacksignal.example | Databases, but smaller | 2024-06-28 07:00 AM |
One file, no server, ten million rows: what single-file databases can do today.
And a short list of what they still cannot.


17 | Notifications | notifications@citylibrary.example | A book you reserved is here | 2024-06-27 11:18 AM |
"The Long Field" waits for you at the main desk until the fourth.
You may extend the loan twice.


32 | No Reply | no-reply@formfill.example | Garden support team: application received | 2024-06-26 01:07 PM |
Thank you for applying for the community garden.
Plots are drawn by lot at the end of the month.


23 | Support | support@printloft.example | Proof ready for your business cards | 2024-06-25 10:55 AM | work file:card-proof.pdf
Please check spelling and margins in the attached proof.
Printing starts once you approve it.


11 | Events | events@jazzcellar.example | Quartet night moved to Thursday | 2024-06-24 06:45 PM |
The concert starts an hour later, at nine.
Tickets stay valid; refunds are possible until Wednesday.


29 | Newsletter | newsletter@quietmoney.example | What an emergency fund is for | 2024-06-22 07:00 AM |
Three months of rent is a start. Where to keep it, and when to use it.
Next week: insurance you do not need.


40 | Noreply | noreply@votehelp.example | Your registration was updated | 2024-06-20 03:00 PM | unread
Your new address is on file.
A card with your polling place arrives by mail in September.


35 | Support | support@homehub.example | Firmware 4.2 fixes the dropouts | 2024-06-19 09:40 AM |
The update installs itself at night.
Your hub restarts once; schedules are kept.


39 | No Reply | no-reply@clinic.example | Your test results are available | 2024-06-17 05:25 PM |
Sign in to the patient area to read your results.
Call the front desk with questions; this mailbox is not read.


43 | Newsletter | newsletter@balconyfarm.example | Tomatoes want company | 2024-06-15 07:00 AM | unread
Basil, marigold, garlic: who gets along in one pot.
Also: water in the morning, never at noon.


30 | Support | support@fieldphone.example | Roaming package activated | 2024-06-12 08:52 PM |
You can use 5 GB in forty countries until the end of the month.
We send a text when most of it is used.


42 | No Reply | no-reply@streamhall.example | New device added to your account | 2024-06-10 09:31 PM |
A television named "Living room" can now play from your account.
Remove it under Devices if you do not know it.


44 | Support | support@ledgerly.example | Two-step sign-in is now on | 2024-06-07 02:20 PM |
From now on we ask for a code after your password.
Keep the ten recovery codes in a safe place.


8 | No Reply | no-reply@surveyfox.example | A short survey about your commute | 2024-06-03 12:00 PM |
Six questions, two minutes, one gift card in the draw.
Answers are stored without your name.


45 | No Reply | no-reply@amazon.example | Amazon: your refund was issued | 2024-05-28 10:10 AM | receipt
We refunded $23.99 for the phone stand to your original payment method.
It can take three to five days to show up.


52 | Marco Silva | marco.silva@example.com | Old apartment keys | 2024-05-12 06:05 PM |
I found two keys in the kitchen drawer with your name on them.
Drop by any evening, or I leave them with the neighbor.


50 | Noreply | noreply@github.example | [GitHub] Your access token expires | 2024-05-09 08:00 AM |
The token "deploy-laptop" stops working in seven days.
Make a new one before then if something still uses it.


38 | Notifications | notifications@citylibrary.example | Two loans are due | 2024-05-06 07:45 AM | unread
Please return or extend "Harbor Lights" and "Bread and Salt".
A small fee applies after three days.


36 | Notifications | notifications@taskboard.example | Weekly summary of your boards | 2024-05-03 05:00 PM | unread
You closed six cards and opened four.
Longest open: "Archive old reports".


56 | Notifications | notifications@photovault.example | Your storage is almost full | 2024-04-29 09:12 AM |
You used 14.1 of 15 GB.
Delete large videos or choose a bigger plan.


54 | Fede Lopez | fede.lopez@example.com | Dinner on Saturday? | 2024-04-26 07:18 PM | sent
Do you have time on Saturday? I would like to try the small place by the market.
Seven would suit me.


55 | Fede Lopez | fede.lopez@example.com | Packing list | 2024-04-21 08:30 PM | draft
Tent, stove, two mats, the good coffee pot.
`;
