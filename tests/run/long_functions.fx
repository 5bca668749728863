// Functions that are so long that the compiler divides them: what each part needs of the parts before goes along.
import Console
import List
import Time

type Account = { name : String, balance : Int }

let squares (start : Int) : List Int = [
  (start + 0) * (start + 0),
  (start + 1) * (start + 1),
  (start + 2) * (start + 2),
  (start + 3) * (start + 3),
  (start + 4) * (start + 4),
  (start + 5) * (start + 5),
  (start + 6) * (start + 6),
  (start + 7) * (start + 7),
  (start + 8) * (start + 8),
  (start + 9) * (start + 9),
  (start + 10) * (start + 10),
  (start + 11) * (start + 11),
  (start + 12) * (start + 12),
  (start + 13) * (start + 13),
  (start + 14) * (start + 14),
  (start + 15) * (start + 15),
  (start + 16) * (start + 16),
  (start + 17) * (start + 17),
  (start + 18) * (start + 18),
  (start + 19) * (start + 19),
  (start + 20) * (start + 20),
  (start + 21) * (start + 21),
  (start + 22) * (start + 22),
  (start + 23) * (start + 23),
  (start + 24) * (start + 24),
  (start + 25) * (start + 25),
  (start + 26) * (start + 26),
  (start + 27) * (start + 27),
  (start + 28) * (start + 28),
  (start + 29) * (start + 29),
  (start + 30) * (start + 30),
  (start + 31) * (start + 31),
  (start + 32) * (start + 32),
  (start + 33) * (start + 33),
  (start + 34) * (start + 34),
  (start + 35) * (start + 35),
  (start + 36) * (start + 36),
  (start + 37) * (start + 37),
  (start + 38) * (start + 38),
  (start + 39) * (start + 39),
  (start + 40) * (start + 40),
  (start + 41) * (start + 41),
  (start + 42) * (start + 42),
  (start + 43) * (start + 43),
  (start + 44) * (start + 44),
  (start + 45) * (start + 45),
  (start + 46) * (start + 46),
  (start + 47) * (start + 47),
  (start + 48) * (start + 48),
  (start + 49) * (start + 49),
  (start + 50) * (start + 50),
  (start + 51) * (start + 51),
  (start + 52) * (start + 52),
  (start + 53) * (start + 53),
  (start + 54) * (start + 54),
  (start + 55) * (start + 55),
  (start + 56) * (start + 56),
  (start + 57) * (start + 57),
  (start + 58) * (start + 58),
  (start + 59) * (start + 59),
  (start + 60) * (start + 60),
  (start + 61) * (start + 61),
  (start + 62) * (start + 62),
  (start + 63) * (start + 63),
  (start + 64) * (start + 64),
  (start + 65) * (start + 65),
  (start + 66) * (start + 66),
  (start + 67) * (start + 67),
  (start + 68) * (start + 68),
  (start + 69) * (start + 69),
  (start + 70) * (start + 70),
  (start + 71) * (start + 71),
  (start + 72) * (start + 72),
  (start + 73) * (start + 73),
  (start + 74) * (start + 74),
  (start + 75) * (start + 75),
  (start + 76) * (start + 76),
  (start + 77) * (start + 77),
  (start + 78) * (start + 78),
  (start + 79) * (start + 79),
  (start + 80) * (start + 80),
  (start + 81) * (start + 81),
  (start + 82) * (start + 82),
  (start + 83) * (start + 83),
  (start + 84) * (start + 84),
  (start + 85) * (start + 85),
  (start + 86) * (start + 86),
  (start + 87) * (start + 87),
  (start + 88) * (start + 88),
  (start + 89) * (start + 89),
  (start + 90) * (start + 90),
  (start + 91) * (start + 91),
  (start + 92) * (start + 92),
  (start + 93) * (start + 93),
  (start + 94) * (start + 94),
  (start + 95) * (start + 95),
  (start + 96) * (start + 96),
  (start + 97) * (start + 97),
  (start + 98) * (start + 98),
  (start + 99) * (start + 99),
  (start + 100) * (start + 100),
  (start + 101) * (start + 101),
  (start + 102) * (start + 102),
  (start + 103) * (start + 103),
  (start + 104) * (start + 104),
  (start + 105) * (start + 105),
  (start + 106) * (start + 106),
  (start + 107) * (start + 107),
  (start + 108) * (start + 108),
  (start + 109) * (start + 109),
  (start + 110) * (start + 110),
  (start + 111) * (start + 111),
  (start + 112) * (start + 112),
  (start + 113) * (start + 113),
  (start + 114) * (start + 114),
  (start + 115) * (start + 115),
  (start + 116) * (start + 116),
  (start + 117) * (start + 117),
  (start + 118) * (start + 118),
  (start + 119) * (start + 119),
  (start + 120) * (start + 120),
  (start + 121) * (start + 121),
  (start + 122) * (start + 122),
  (start + 123) * (start + 123),
  (start + 124) * (start + 124),
  (start + 125) * (start + 125),
  (start + 126) * (start + 126),
  (start + 127) * (start + 127),
  (start + 128) * (start + 128),
  (start + 129) * (start + 129),
  (start + 130) * (start + 130),
  (start + 131) * (start + 131),
  (start + 132) * (start + 132),
  (start + 133) * (start + 133),
  (start + 134) * (start + 134),
  (start + 135) * (start + 135),
  (start + 136) * (start + 136),
  (start + 137) * (start + 137),
  (start + 138) * (start + 138),
  (start + 139) * (start + 139),
  (start + 140) * (start + 140),
  (start + 141) * (start + 141),
  (start + 142) * (start + 142),
  (start + 143) * (start + 143),
  (start + 144) * (start + 144),
  (start + 145) * (start + 145),
  (start + 146) * (start + 146),
  (start + 147) * (start + 147),
  (start + 148) * (start + 148),
  (start + 149) * (start + 149),
  (start + 150) * (start + 150),
  (start + 151) * (start + 151),
  (start + 152) * (start + 152),
  (start + 153) * (start + 153),
  (start + 154) * (start + 154),
  (start + 155) * (start + 155),
  (start + 156) * (start + 156),
  (start + 157) * (start + 157),
  (start + 158) * (start + 158),
  (start + 159) * (start + 159),
  (start + 160) * (start + 160),
  (start + 161) * (start + 161),
  (start + 162) * (start + 162),
  (start + 163) * (start + 163),
  (start + 164) * (start + 164),
  (start + 165) * (start + 165),
  (start + 166) * (start + 166),
  (start + 167) * (start + 167),
  (start + 168) * (start + 168),
  (start + 169) * (start + 169),
  (start + 170) * (start + 170),
  (start + 171) * (start + 171),
  (start + 172) * (start + 172),
  (start + 173) * (start + 173),
  (start + 174) * (start + 174),
  (start + 175) * (start + 175),
  (start + 176) * (start + 176),
  (start + 177) * (start + 177),
  (start + 178) * (start + 178),
  (start + 179) * (start + 179),
  (start + 180) * (start + 180),
  (start + 181) * (start + 181),
  (start + 182) * (start + 182),
  (start + 183) * (start + 183),
  (start + 184) * (start + 184),
  (start + 185) * (start + 185),
  (start + 186) * (start + 186),
  (start + 187) * (start + 187),
  (start + 188) * (start + 188),
  (start + 189) * (start + 189),
  (start + 190) * (start + 190),
  (start + 191) * (start + 191),
  (start + 192) * (start + 192),
  (start + 193) * (start + 193),
  (start + 194) * (start + 194),
  (start + 195) * (start + 195),
  (start + 196) * (start + 196),
  (start + 197) * (start + 197),
  (start + 198) * (start + 198),
  (start + 199) * (start + 199),
  (start + 200) * (start + 200),
  (start + 201) * (start + 201),
  (start + 202) * (start + 202),
  (start + 203) * (start + 203),
  (start + 204) * (start + 204),
  (start + 205) * (start + 205),
  (start + 206) * (start + 206),
  (start + 207) * (start + 207),
  (start + 208) * (start + 208),
  (start + 209) * (start + 209),
  (start + 210) * (start + 210),
  (start + 211) * (start + 211),
  (start + 212) * (start + 212),
  (start + 213) * (start + 213),
  (start + 214) * (start + 214),
  (start + 215) * (start + 215),
  (start + 216) * (start + 216),
  (start + 217) * (start + 217),
  (start + 218) * (start + 218),
  (start + 219) * (start + 219),
  (start + 220) * (start + 220),
  (start + 221) * (start + 221),
  (start + 222) * (start + 222),
  (start + 223) * (start + 223),
  (start + 224) * (start + 224),
  (start + 225) * (start + 225),
  (start + 226) * (start + 226),
  (start + 227) * (start + 227),
  (start + 228) * (start + 228),
  (start + 229) * (start + 229),
  (start + 230) * (start + 230),
  (start + 231) * (start + 231),
  (start + 232) * (start + 232),
  (start + 233) * (start + 233),
  (start + 234) * (start + 234),
  (start + 235) * (start + 235),
  (start + 236) * (start + 236),
  (start + 237) * (start + 237),
  (start + 238) * (start + 238),
  (start + 239) * (start + 239),
  (start + 240) * (start + 240),
  (start + 241) * (start + 241),
  (start + 242) * (start + 242),
  (start + 243) * (start + 243),
  (start + 244) * (start + 244),
  (start + 245) * (start + 245),
  (start + 246) * (start + 246),
  (start + 247) * (start + 247),
  (start + 248) * (start + 248),
  (start + 249) * (start + 249),
  (start + 250) * (start + 250),
  (start + 251) * (start + 251),
  (start + 252) * (start + 252),
  (start + 253) * (start + 253),
  (start + 254) * (start + 254),
  (start + 255) * (start + 255),
  (start + 256) * (start + 256),
  (start + 257) * (start + 257),
  (start + 258) * (start + 258),
  (start + 259) * (start + 259),
  (start + 260) * (start + 260),
  (start + 261) * (start + 261),
  (start + 262) * (start + 262),
  (start + 263) * (start + 263),
  (start + 264) * (start + 264),
  (start + 265) * (start + 265),
  (start + 266) * (start + 266),
  (start + 267) * (start + 267),
  (start + 268) * (start + 268),
  (start + 269) * (start + 269),
  (start + 270) * (start + 270),
  (start + 271) * (start + 271),
  (start + 272) * (start + 272),
  (start + 273) * (start + 273),
  (start + 274) * (start + 274),
  (start + 275) * (start + 275),
  (start + 276) * (start + 276),
  (start + 277) * (start + 277),
  (start + 278) * (start + 278),
  (start + 279) * (start + 279),
  (start + 280) * (start + 280),
  (start + 281) * (start + 281),
  (start + 282) * (start + 282),
  (start + 283) * (start + 283),
  (start + 284) * (start + 284),
  (start + 285) * (start + 285),
  (start + 286) * (start + 286),
  (start + 287) * (start + 287),
  (start + 288) * (start + 288),
  (start + 289) * (start + 289),
  (start + 290) * (start + 290),
  (start + 291) * (start + 291),
  (start + 292) * (start + 292),
  (start + 293) * (start + 293),
  (start + 294) * (start + 294),
  (start + 295) * (start + 295),
  (start + 296) * (start + 296),
  (start + 297) * (start + 297),
  (start + 298) * (start + 298),
  (start + 299) * (start + 299),
  (start + 300) * (start + 300),
  (start + 301) * (start + 301),
  (start + 302) * (start + 302),
  (start + 303) * (start + 303),
  (start + 304) * (start + 304),
  (start + 305) * (start + 305),
  (start + 306) * (start + 306),
  (start + 307) * (start + 307),
  (start + 308) * (start + 308),
  (start + 309) * (start + 309),
  (start + 310) * (start + 310),
  (start + 311) * (start + 311),
  (start + 312) * (start + 312),
  (start + 313) * (start + 313),
  (start + 314) * (start + 314),
  (start + 315) * (start + 315),
  (start + 316) * (start + 316),
  (start + 317) * (start + 317),
  (start + 318) * (start + 318),
  (start + 319) * (start + 319),
  (start + 320) * (start + 320),
  (start + 321) * (start + 321),
  (start + 322) * (start + 322),
  (start + 323) * (start + 323),
  (start + 324) * (start + 324),
  (start + 325) * (start + 325),
  (start + 326) * (start + 326),
  (start + 327) * (start + 327),
  (start + 328) * (start + 328),
  (start + 329) * (start + 329),
  (start + 330) * (start + 330),
  (start + 331) * (start + 331),
  (start + 332) * (start + 332),
  (start + 333) * (start + 333),
  (start + 334) * (start + 334),
  (start + 335) * (start + 335),
  (start + 336) * (start + 336),
  (start + 337) * (start + 337),
  (start + 338) * (start + 338),
  (start + 339) * (start + 339),
  (start + 340) * (start + 340),
  (start + 341) * (start + 341),
  (start + 342) * (start + 342),
  (start + 343) * (start + 343),
  (start + 344) * (start + 344),
  (start + 345) * (start + 345),
  (start + 346) * (start + 346),
  (start + 347) * (start + 347),
  (start + 348) * (start + 348),
  (start + 349) * (start + 349),
  (start + 350) * (start + 350),
  (start + 351) * (start + 351),
  (start + 352) * (start + 352),
  (start + 353) * (start + 353),
  (start + 354) * (start + 354),
  (start + 355) * (start + 355),
  (start + 356) * (start + 356),
  (start + 357) * (start + 357),
  (start + 358) * (start + 358),
  (start + 359) * (start + 359),
  (start + 360) * (start + 360),
  (start + 361) * (start + 361),
  (start + 362) * (start + 362),
  (start + 363) * (start + 363),
  (start + 364) * (start + 364),
  (start + 365) * (start + 365),
  (start + 366) * (start + 366),
  (start + 367) * (start + 367),
  (start + 368) * (start + 368),
  (start + 369) * (start + 369),
  (start + 370) * (start + 370),
  (start + 371) * (start + 371),
  (start + 372) * (start + 372),
  (start + 373) * (start + 373),
  (start + 374) * (start + 374),
  (start + 375) * (start + 375),
  (start + 376) * (start + 376),
  (start + 377) * (start + 377),
  (start + 378) * (start + 378),
  (start + 379) * (start + 379),
  (start + 380) * (start + 380),
  (start + 381) * (start + 381),
  (start + 382) * (start + 382),
  (start + 383) * (start + 383),
  (start + 384) * (start + 384),
  (start + 385) * (start + 385),
  (start + 386) * (start + 386),
  (start + 387) * (start + 387),
  (start + 388) * (start + 388),
  (start + 389) * (start + 389),
  (start + 390) * (start + 390),
  (start + 391) * (start + 391),
  (start + 392) * (start + 392),
  (start + 393) * (start + 393),
  (start + 394) * (start + 394),
  (start + 395) * (start + 395),
  (start + 396) * (start + 396),
  (start + 397) * (start + 397),
  (start + 398) * (start + 398),
  (start + 399) * (start + 399),
  ]

let steps (account : Account) (log : String -> Unit ! {Console}) : Account ! {Console, Time} =
  let opening = account.balance
  let a0 = { account with balance = account.balance + 0 }
  let a1 = { a0 with balance = a0.balance + 1 }
  let a2 = { a1 with balance = a1.balance + 2 }
  let a3 = { a2 with balance = a2.balance + 3 }
  do! if a3.balance % 2 == 0 then log "\(a3.name) has \(a3.balance)"
  let a4 = { a3 with balance = a3.balance + 4 }
  let a5 = { a4 with balance = a4.balance + 5 }
  do! Time.sleep 0
  let a6 = { a5 with balance = a5.balance + 6 }
  let a7 = { a6 with balance = a6.balance + 7 }
  let! () = if opening > 7 then log "opened with \(opening)" else Time.sleep 1
  let a8 = { a7 with balance = a7.balance + 8 }
  let a9 = { a8 with balance = a8.balance + 9 }
  let a10 = { a9 with balance = a9.balance + 10 }
  let a11 = { a10 with balance = a10.balance + 11 }
  let a12 = { a11 with balance = a11.balance + 12 }
  let a13 = { a12 with balance = a12.balance + 13 }
  do! if a13.balance % 2 == 0 then log "\(a13.name) has \(a13.balance)"
  let a14 = { a13 with balance = a13.balance + 14 }
  let a15 = { a14 with balance = a14.balance + 15 }
  do! Time.sleep 0
  let a16 = { a15 with balance = a15.balance + 16 }
  let a17 = { a16 with balance = a16.balance + 17 }
  let a18 = { a17 with balance = a17.balance + 18 }
  let a19 = { a18 with balance = a18.balance + 19 }
  let a20 = { a19 with balance = a19.balance + 20 }
  let a21 = { a20 with balance = a20.balance + 21 }
  let a22 = { a21 with balance = a21.balance + 22 }
  let a23 = { a22 with balance = a22.balance + 23 }
  do! if a23.balance % 2 == 0 then log "\(a23.name) has \(a23.balance)"
  let a24 = { a23 with balance = a23.balance + 24 }
  let a25 = { a24 with balance = a24.balance + 25 }
  do! Time.sleep 0
  let a26 = { a25 with balance = a25.balance + 26 }
  let a27 = { a26 with balance = a26.balance + 27 }
  let a28 = { a27 with balance = a27.balance + 28 }
  let a29 = { a28 with balance = a28.balance + 29 }
  let a30 = { a29 with balance = a29.balance + 30 }
  let a31 = { a30 with balance = a30.balance + 31 }
  let a32 = { a31 with balance = a31.balance + 32 }
  let a33 = { a32 with balance = a32.balance + 33 }
  do! if a33.balance % 2 == 0 then log "\(a33.name) has \(a33.balance)"
  let a34 = { a33 with balance = a33.balance + 34 }
  let a35 = { a34 with balance = a34.balance + 35 }
  do! Time.sleep 0
  let a36 = { a35 with balance = a35.balance + 36 }
  let a37 = { a36 with balance = a36.balance + 37 }
  let a38 = { a37 with balance = a37.balance + 38 }
  let a39 = { a38 with balance = a38.balance + 39 }
  let a40 = { a39 with balance = a39.balance + 40 }
  let a41 = { a40 with balance = a40.balance + 41 }
  let a42 = { a41 with balance = a41.balance + 42 }
  let a43 = { a42 with balance = a42.balance + 43 }
  do! if a43.balance % 2 == 0 then log "\(a43.name) has \(a43.balance)"
  let a44 = { a43 with balance = a43.balance + 44 }
  let a45 = { a44 with balance = a44.balance + 45 }
  do! Time.sleep 0
  let a46 = { a45 with balance = a45.balance + 46 }
  let a47 = { a46 with balance = a46.balance + 47 }
  let a48 = { a47 with balance = a47.balance + 48 }
  let a49 = { a48 with balance = a48.balance + 49 }
  let a50 = { a49 with balance = a49.balance + 50 }
  let a51 = { a50 with balance = a50.balance + 51 }
  let a52 = { a51 with balance = a51.balance + 52 }
  let a53 = { a52 with balance = a52.balance + 53 }
  do! if a53.balance % 2 == 0 then log "\(a53.name) has \(a53.balance)"
  let a54 = { a53 with balance = a53.balance + 54 }
  let a55 = { a54 with balance = a54.balance + 55 }
  do! Time.sleep 0
  let a56 = { a55 with balance = a55.balance + 56 }
  let a57 = { a56 with balance = a56.balance + 57 }
  let! () = if opening > 57 then log "opened with \(opening)" else Time.sleep 1
  let a58 = { a57 with balance = a57.balance + 58 }
  let a59 = { a58 with balance = a58.balance + 59 }
  let a60 = { a59 with balance = a59.balance + 60 }
  let a61 = { a60 with balance = a60.balance + 61 }
  let a62 = { a61 with balance = a61.balance + 62 }
  let a63 = { a62 with balance = a62.balance + 63 }
  do! if a63.balance % 2 == 0 then log "\(a63.name) has \(a63.balance)"
  let a64 = { a63 with balance = a63.balance + 64 }
  let a65 = { a64 with balance = a64.balance + 65 }
  do! Time.sleep 0
  let a66 = { a65 with balance = a65.balance + 66 }
  let a67 = { a66 with balance = a66.balance + 67 }
  let a68 = { a67 with balance = a67.balance + 68 }
  let a69 = { a68 with balance = a68.balance + 69 }
  let a70 = { a69 with balance = a69.balance + 70 }
  let a71 = { a70 with balance = a70.balance + 71 }
  let a72 = { a71 with balance = a71.balance + 72 }
  let a73 = { a72 with balance = a72.balance + 73 }
  do! if a73.balance % 2 == 0 then log "\(a73.name) has \(a73.balance)"
  let a74 = { a73 with balance = a73.balance + 74 }
  let a75 = { a74 with balance = a74.balance + 75 }
  do! Time.sleep 0
  let a76 = { a75 with balance = a75.balance + 76 }
  let a77 = { a76 with balance = a76.balance + 77 }
  let a78 = { a77 with balance = a77.balance + 78 }
  let a79 = { a78 with balance = a78.balance + 79 }
  let a80 = { a79 with balance = a79.balance + 80 }
  let a81 = { a80 with balance = a80.balance + 81 }
  let a82 = { a81 with balance = a81.balance + 82 }
  let a83 = { a82 with balance = a82.balance + 83 }
  do! if a83.balance % 2 == 0 then log "\(a83.name) has \(a83.balance)"
  let a84 = { a83 with balance = a83.balance + 84 }
  let a85 = { a84 with balance = a84.balance + 85 }
  do! Time.sleep 0
  let a86 = { a85 with balance = a85.balance + 86 }
  let a87 = { a86 with balance = a86.balance + 87 }
  let a88 = { a87 with balance = a87.balance + 88 }
  let a89 = { a88 with balance = a88.balance + 89 }
  let a90 = { a89 with balance = a89.balance + 90 }
  let a91 = { a90 with balance = a90.balance + 91 }
  let a92 = { a91 with balance = a91.balance + 92 }
  let a93 = { a92 with balance = a92.balance + 93 }
  do! if a93.balance % 2 == 0 then log "\(a93.name) has \(a93.balance)"
  let a94 = { a93 with balance = a93.balance + 94 }
  let a95 = { a94 with balance = a94.balance + 95 }
  do! Time.sleep 0
  let a96 = { a95 with balance = a95.balance + 96 }
  let a97 = { a96 with balance = a96.balance + 97 }
  let a98 = { a97 with balance = a97.balance + 98 }
  let a99 = { a98 with balance = a98.balance + 99 }
  let a100 = { a99 with balance = a99.balance + 100 }
  let a101 = { a100 with balance = a100.balance + 101 }
  let a102 = { a101 with balance = a101.balance + 102 }
  let a103 = { a102 with balance = a102.balance + 103 }
  do! if a103.balance % 2 == 0 then log "\(a103.name) has \(a103.balance)"
  let a104 = { a103 with balance = a103.balance + 104 }
  let a105 = { a104 with balance = a104.balance + 105 }
  do! Time.sleep 0
  let a106 = { a105 with balance = a105.balance + 106 }
  let a107 = { a106 with balance = a106.balance + 107 }
  let! () = if opening > 107 then log "opened with \(opening)" else Time.sleep 1
  let a108 = { a107 with balance = a107.balance + 108 }
  let a109 = { a108 with balance = a108.balance + 109 }
  let a110 = { a109 with balance = a109.balance + 110 }
  let a111 = { a110 with balance = a110.balance + 111 }
  let a112 = { a111 with balance = a111.balance + 112 }
  let a113 = { a112 with balance = a112.balance + 113 }
  do! if a113.balance % 2 == 0 then log "\(a113.name) has \(a113.balance)"
  let a114 = { a113 with balance = a113.balance + 114 }
  let a115 = { a114 with balance = a114.balance + 115 }
  do! Time.sleep 0
  let a116 = { a115 with balance = a115.balance + 116 }
  let a117 = { a116 with balance = a116.balance + 117 }
  let a118 = { a117 with balance = a117.balance + 118 }
  let a119 = { a118 with balance = a118.balance + 119 }
  let a120 = { a119 with balance = a119.balance + 120 }
  let a121 = { a120 with balance = a120.balance + 121 }
  let a122 = { a121 with balance = a121.balance + 122 }
  let a123 = { a122 with balance = a122.balance + 123 }
  do! if a123.balance % 2 == 0 then log "\(a123.name) has \(a123.balance)"
  let a124 = { a123 with balance = a123.balance + 124 }
  let a125 = { a124 with balance = a124.balance + 125 }
  do! Time.sleep 0
  let a126 = { a125 with balance = a125.balance + 126 }
  let a127 = { a126 with balance = a126.balance + 127 }
  let a128 = { a127 with balance = a127.balance + 128 }
  let a129 = { a128 with balance = a128.balance + 129 }
  let a130 = { a129 with balance = a129.balance + 130 }
  let a131 = { a130 with balance = a130.balance + 131 }
  let a132 = { a131 with balance = a131.balance + 132 }
  let a133 = { a132 with balance = a132.balance + 133 }
  do! if a133.balance % 2 == 0 then log "\(a133.name) has \(a133.balance)"
  let a134 = { a133 with balance = a133.balance + 134 }
  let a135 = { a134 with balance = a134.balance + 135 }
  do! Time.sleep 0
  let a136 = { a135 with balance = a135.balance + 136 }
  let a137 = { a136 with balance = a136.balance + 137 }
  let a138 = { a137 with balance = a137.balance + 138 }
  let a139 = { a138 with balance = a138.balance + 139 }
  let a140 = { a139 with balance = a139.balance + 140 }
  let a141 = { a140 with balance = a140.balance + 141 }
  let a142 = { a141 with balance = a141.balance + 142 }
  let a143 = { a142 with balance = a142.balance + 143 }
  do! if a143.balance % 2 == 0 then log "\(a143.name) has \(a143.balance)"
  let a144 = { a143 with balance = a143.balance + 144 }
  let a145 = { a144 with balance = a144.balance + 145 }
  do! Time.sleep 0
  let a146 = { a145 with balance = a145.balance + 146 }
  let a147 = { a146 with balance = a146.balance + 147 }
  let a148 = { a147 with balance = a147.balance + 148 }
  let a149 = { a148 with balance = a148.balance + 149 }
  ret a149

let main (args : List String) : Unit ! {Console, Time} =
  let numbers = squares 1
  do! Console.print_line "\(List.length numbers) squares, \(List.fold (fun sum n -> sum + n) 0 numbers) in all"
  let! last = steps { name = "Ada", balance = 20 } Console.print_line
  do! Console.print_line (show last)
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Console.print_line "\(last.name) 50"
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Console.print_line "\(last.name) 150"
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Console.print_line "\(last.name) 250"
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  do! Time.sleep 0
  let divisor = last.balance - 11195
  do! Time.sleep (1 / divisor)
  Console.print_line "not reached"
